// The cells of a table from the numbers that a model has for them, as the library writes them.

const roundedEven = x => {
    const near = Math.round(x);
    return Math.abs(x % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
};

// Seven significant digits, as .NET's format G7.
function sevenDigits(value) {
    if (value === 0)
        return "0";
    const [mantissa, power] = value.toExponential(6).split("e"), exponent = Number(power), digits = mantissa.replace(/\.?0+$/, "");
    return exponent > -5 && exponent < 7 ? String(Number(value.toPrecision(7)))
        : `${digits}E${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

const numberText = (value, digits) => (digits < 0 ? sevenDigits(value) : value.toFixed(digits)).replace(/^-(0(\.0*)?)$/, "$1");

/** The value at which a line through knots has a height. */
function between(from, to, at) {
    let next = from.findIndex(knot => knot >= at);
    next = Math.min(Math.max(next < 0 ? from.length : next, 1), from.length - 1);
    return to[next - 1] + (at - from[next - 1]) / (from[next] - from[next - 1]) * (to[next] - to[next - 1]);
}

const transforms = {
    none: (_, y) => y,
    log: ({ offset }, y) => Math.max(0, Math.exp(y) - offset),
    quantile: ({ knots, scores }, y) => between(scores, knots, y),
};

const positiveText = (kind, value) => {
    const x = Math.exp(kind.location + kind.deviation * value);
    return numberText(kind.digits < 0 ? x : Math.max(x, 10 ** -kind.digits), kind.digits);
};

const classTextsOf = kind => kind.kind === "binary" ? [kind.zero, kind.one]
    : kind.kind === "ordinal" ? kind.levels
    : kind.kind === "categorical" ? kind.other ? [...kind.categories, kind.other] : kind.categories
    : null;

const classText = (kind, value) => {
    const texts = classTextsOf(kind);
    return texts[Math.min(Math.max(roundedEven(value), 0), texts.length - 1)];
};

const widthOf = kind => ({ label: 0, setAside: 0, zeroInflated: 2, date: 1 + 2 * (kind.periods?.length ?? 0) })[kind.kind] ?? 1;

const cellTexts = {
    binary: (kind, [value]) => value > 0.5 ? kind.one : kind.zero,
    ordinal: (kind, [value]) => classText(kind, value),
    categorical: (kind, [value]) => classText(kind, value),
    continuous: (kind, [value]) => numberText(
        transforms[kind.transform.kind](kind.transform, kind.location + kind.deviation * value), kind.digits),
    positive: (kind, [value]) => positiveText(kind, value),
    zeroInflated: (kind, [isPositive, value]) => isPositive > 0.5 ? positiveText(kind, value) : numberText(0, Math.max(kind.digits, 0)),
    count: (_, [value]) => numberText(Math.max(0, roundedEven(value)), 0),
    date: (kind, values) => dateText(kind, values),
};

/** The text of a cell. */
const cellText = (kind, values) => cellTexts[kind.kind](kind, values);

const secondOfDay = 1 / 86400;

// The moment nearest to the days that has the phases of the cycles.
function dateText(kind, values) {
    const unit = kind.format.includes("s") ? secondOfDay : kind.format.includes("m") ? 60 * secondOfDay : 1;
    let days = kind.location + kind.deviation * values[0];
    kind.periods.forEach((period, i) => {
        const turn = Math.atan2(values[1 + 2 * i], values[2 + 2 * i]) / (2 * Math.PI) - days / period;
        const step = period > 1 ? Math.max(unit, 1) : unit;
        days += roundedEven((turn - roundedEven(turn)) * period / step) * step;
    });
    const moment = Math.min(Math.max(roundedEven(days / unit) * unit, -719162), 2932894);
    return formatted(nearestStep(new Date(roundedEven(moment * 86400) * 1000), kind.step), kind.format);
}

// The nearest first day of a month or year.
function nearestStep(date, step) {
    if (!step)
        return date;
    const year = date.getUTCFullYear(), month = step === "year" ? 0 : date.getUTCMonth();
    const first = new Date(0), next = new Date(0);
    first.setUTCFullYear(year, month, 1);
    next.setUTCFullYear(step === "year" ? year + 1 : year, step === "year" ? 0 : month + 1, 1);
    return year === 9999 || date - first <= next - date ? first : next;
}

function formatted(date, format) {
    const parts = {
        yyyy: [date.getUTCFullYear(), 4], MM: [date.getUTCMonth() + 1, 2], dd: [date.getUTCDate(), 2],
        HH: [date.getUTCHours(), 2], mm: [date.getUTCMinutes(), 2], ss: [date.getUTCSeconds(), 2],
    };
    return format.replace(/yyyy|MM|dd|HH|mm|ss/g, part => String(parts[part][0]).padStart(parts[part][1], "0"));
}

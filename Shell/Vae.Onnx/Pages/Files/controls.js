// Sliders and choices.

/** A choice among texts. */
function selectOf(name, texts, chosen, onChange, id = "") {
    const select = element("select", { id }, ...texts.map((textContent, value) => element("option", { textContent, value })));
    select.value = chosen;
    select.addEventListener("change", () => onChange(Number(select.value)));
    return { select, label: element("label", {}, name, select) };
}

/** One slider for each latent. Latents that do not vary over the examples are muted. */
function slidersOf(place, codes, sphere, onInput) {
    const sliders = codes[0].map((_, d) => {
        const values = codes.map(z => z[d]), mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        const bound = sphere ? 1 : Math.ceil(Math.max(3, ...values.map(Math.abs)));
        const input = element("input", { type: "range", min: -bound, max: bound, step: 0.01, id: `z${d + 1}` }), output = element("output");
        input.addEventListener("input", () => onInput(d, Number(input.value)));
        place.append(element("label", { className: variance < 0.01 ? "idle" : "", title: `standard deviation over the examples: ${
            Math.sqrt(variance).toFixed(2)}` }, element("span", { textContent: `z${d + 1}` }), input, output));
        return { input, output };
    });
    return z => sliders.forEach(({ input, output }, d) => {
        input.value = z[d];
        output.textContent = z[d].toFixed(2).replace("-", "−");
    });
}

/** What the reader may choose of the condition: the parts that are choices or numbers. */
function conditionControls(place, { choices, numbers = 0 }, onChange) {
    if (choices)
        return choiceControls(place, choices, onChange);
    const inputs = numbers > 12 ? [] : Array.from({ length: numbers }, (_, i) => {
        const input = element("input", { type: "number", step: "any" });
        input.addEventListener("input", () => {
            if (inputs.every(each => Number.isFinite(each.valueAsNumber)))
                onChange(inputs.map(each => each.valueAsNumber));
        });
        place.append(element("label", {}, `c${i + 1}`, input));
        return input;
    });
    return condition => inputs.forEach((input, i) => input.value = Number(condition[i].toPrecision(6)));
}

function choiceControls(place, choices, onChange) {
    const selects = choices.map(({ name, texts }, part) => {
        const { select, label } = selectOf(name, texts, 0, () => onChange(choices.flatMap(({ texts: all }, i) =>
            all.map((_, k) => k === Number(selects[i].value) ? 1 : 0))), `condition${part + 1}`);
        place.append(label);
        return select;
    });
    return condition => {
        let start = 0;
        choices.forEach(({ texts }, i) => {
            selects[i].value = condition.slice(start, start + texts.length).indexOf(1);
            start += texts.length;
        });
    };
}

/** What the points of the map may be coloured by: labels, or each column of a table. */
function coloringsOf(content, examples) {
    const byClass = (name, texts, places) => ({ name, texts, places });
    const labels = examples.labels ? [byClass("Class", examples.classes, examples.labels)] : [];
    if (!content.schema)
        return labels;
    const rows = Array.from({ length: examples.count }, (_, i) => examples.values(i)), width = content.shape[0];
    let start = 0;
    return [...labels, ...modelledColumns(content).map(({ name, kind }, place) => {
        const from = start, isThere = row => row.length === width || row[width + from] > 0;
        start += widthOf(kind);
        // A zero is below all positive numbers, whose scaled logarithms may be negative.
        const valueOf = row => kind.kind !== "zeroInflated" ? row[from]
            : row[from] > 0.5 ? row[from + 1] : -Number.MAX_VALUE;
        const values = rows.map(row => isThere(row) ? valueOf(row) : NaN);
        if (classTextsOf(kind))
            return byClass(name, classTextsOf(kind), values);
        const known = values.map((value, i) => [value, i]).filter(([value]) => !Number.isNaN(value)).sort(([a], [b]) => a - b);
        const text = ([, i]) => cellsOf(content, rows[i])[place];
        return { name, ranks: sharesOf(values, known), ends: known.length > 0 ? [text(known[0]), text(known[known.length - 1])] : ["", ""] };
    })];
}

/** The rank of each value as a share of the largest one, NaN where it is missing; equal values share the mean of their ranks. */
function sharesOf(values, sorted) {
    const ranks = values.map(() => NaN);
    for (let start = 0, end; start < sorted.length; start = end) {
        for (end = start; end < sorted.length && sorted[end][0] === sorted[start][0];)
            end++;
        for (let i = start; i < end; i++)
            ranks[sorted[i][1]] = sorted.length > 1 ? (start + end - 1) / 2 / (sorted.length - 1) : 0.5;
    }
    return ranks;
}

const classColor = place => Number.isNaN(place) ? styleOf("--missing") : styleOf(`--class-${place % 10}`);

/** The colour of each point, and a legend. */
function colorsOf(coloring, count, legend) {
    legend.replaceChildren();
    if (!coloring)
        return new Array(count).fill(styleOf("--accent"));
    if (coloring.ranks) {
        const bar = element("canvas", { width: 120, height: 1 }), context = bar.getContext("2d");
        for (let x = 0; x < 120; x++) {
            context.fillStyle = rampColor(x / 119);
            context.fillRect(x, 0, 1, 1);
        }
        legend.append(element("span", {}, coloring.ends[0], bar, `${coloring.ends[1]} (by rank)`));
        return coloring.ranks.map(rank => Number.isNaN(rank) ? styleOf("--missing") : rampColor(rank));
    }
    coloring.texts.slice(0, 20).forEach((text, place) => {
        const dot = element("i");
        dot.style.background = classColor(place);
        legend.append(element("span", {}, dot, text));
    });
    return coloring.places.map(classColor);
}

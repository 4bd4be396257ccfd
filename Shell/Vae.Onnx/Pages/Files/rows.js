// Rows of a table: the most probable text of each column, how sure the model is of it, and the part of −ln p of the example's own cell.

/**
 * The decoded text of each column, and its probability or the range that holds 68% of its values. With a likelihood that is not that of the
 * table, a density is no probability of a class and need not be a normal one: then the text alone.
 */
function answersOf(content, model, { mean, parameters }) {
    const columns = modelledColumns(content), width = columns.reduce((sum, column) => sum + widthOf(column.kind), 0);
    if (!content.isOfTable)
        return cellsOf(content, Array.from(mean)).map(text => ({ text }));
    const masked = content.input[0] > width;
    const at = numbers => model.terms(parameters, masked ? [...numbers, ...numbers.map(() => 1)] : numbers);
    const classes = Math.max(0, ...columns.map(({ kind }) => kind.kind === "zeroInflated" ? 2 : classTextsOf(kind)?.length ?? 0));
    // −ln p of class k in every column of classes at once; what other columns say to it is not used.
    const costs = Array.from({ length: classes }, (_, k) => at(new Array(width).fill(k))), density = at(Array.from(mean));
    let start = 0;
    return columns.map(column => {
        const from = start;
        start += widthOf(column.kind);
        const probabilities = costs.map(cost => Math.exp(-cost[from]));
        return answerOf(column.kind, Array.from(mean).slice(from, start), probabilities, density.slice(from, start));
    });
}

function answerOf(kind, mean, probabilities, density) {
    const texts = classTextsOf(kind);
    if (texts) {
        const own = probabilities.slice(0, texts.length), best = own.indexOf(Math.max(...own));
        return { text: cellText(kind, [best]), probability: own[best] };
    }
    // The density of a normal distribution at its mean gives its deviation.
    const deviation = cost => Math.exp(cost - 0.5 * Math.log(2 * Math.PI));
    const between = (values, place, spread) => [-1, 1].map(side =>
        cellText(kind, values.map((value, i) => i === place ? value + side * spread : value)));
    if (kind.kind === "continuous" || kind.kind === "positive")
        return { text: cellText(kind, mean), range: between(mean, 0, deviation(density[0])) };
    if (kind.kind === "zeroInflated")
        return mean[0] <= 0.5 ? { text: cellText(kind, mean), probability: probabilities[0] } : {
            text: cellText(kind, mean), probability: probabilities[1], range: between([1, mean[1]], 1, deviation(density[1])) };
    return { text: cellText(kind, mean) };
}

const modelledColumns = content => content.schema.columns.filter(column => widthOf(column.kind) > 0);

/** The cells of an example; empty where one is missing. */
function cellsOf(content, values) {
    const columns = modelledColumns(content), width = columns.reduce((sum, column) => sum + widthOf(column.kind), 0);
    let start = 0;
    return columns.map(column => {
        const from = start;
        start += widthOf(column.kind);
        return values.length > width && values[width + from] === 0 ? "" : cellText(column.kind, values.slice(from, start));
    });
}

const shareText = probability => probability > 0.995 ? "over 99%" : `${(100 * probability).toFixed(0)}%`;

/** The row of the code, beside that of the example that it came from. */
function rowView(place, content, model) {
    const columns = modelledColumns(content);
    const row = column => {
        const parts = { text: element("span"), detail: element("small"), bar: element("i", { className: "bar" }), example: element("td"),
            nats: element("td", { className: "nats" }) };
        return { ...parts, row: element("tr", {}, element("th", { scope: "row", textContent: column.name }),
            element("td", {}, parts.text, parts.bar, parts.detail), parts.example, parts.nats) };
    };
    const rows = columns.map(row), heads = ["Column", "Decoded", "Example", "−ln p"].map((textContent, i) =>
        element("th", { textContent, scope: "col", className: i === 3 ? "nats" : "" }));
    place.append(element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows.map(of => of.row))));
    let example = null, cells = [];
    return {
        show: decoded => {
            const answers = answersOf(content, model, decoded), terms = example ? model.terms(decoded.parameters, example) : [];
            let start = 0;
            rows.forEach(({ text, detail, bar, nats }, i) => {
                const { text: found, probability, range } = answers[i], width = widthOf(columns[i].kind);
                text.textContent = found;
                bar.hidden = probability === undefined;
                bar.style.setProperty("--part", `${100 * (probability ?? 0)}%`);
                detail.textContent = [probability === undefined ? "" : shareText(probability), range ? `${range[0]} to ${range[1]}` : ""]
                    .filter(Boolean).join(", ");
                const cost = terms.slice(start, start + width).reduce((sum, term) => sum + term, 0);
                nats.textContent = cells[i] ? cost.toFixed(2).replace("-", "−") : "";
                start += width;
            });
        },
        showExample: values => {
            example = values;
            cells = values ? cellsOf(content, values) : [];
            rows.forEach(({ example: cell }, i) => cell.textContent = values ? cells[i] || "missing" : "");
            heads[2].hidden = heads[3].hidden = !values;
            rows.forEach(({ example: cell, nats }) => cell.hidden = nats.hidden = !values);
        },
    };
}

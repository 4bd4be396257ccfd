// Rows of answers side by side: along a dimension, and from one example to another.

const stepText = value => (Math.abs(value) < 0.005 ? 0 : value).toFixed(1).replace("-", "−");

/** Answers side by side as pictures, each of which takes the reader to its code. */
function pictureStrip(place, painter, count, onChoose) {
    const items = Array.from({ length: count }, (_, i) => {
        const canvas = element("canvas"), text = element("span"), button = element("button", { type: "button" }, canvas, text);
        button.addEventListener("click", () => onChoose(i));
        place.append(button);
        return { paint: painter.paint(canvas, true), text };
    });
    return (answers, texts) => items.forEach(({ paint, text }, i) => {
        paint(answers[i].mean);
        text.textContent = texts[i];
    });
}

/** Answers side by side as columns of texts; a class that differs from the one before it is marked. */
function rowStrip(place, content, model, count, onChoose) {
    const heads = Array.from({ length: count }, (_, i) => {
        const button = element("button", { type: "button" });
        button.addEventListener("click", () => onChoose(i));
        return button;
    });
    const rows = modelledColumns(content).map(({ name, kind }) =>
        ({ name, isClass: classTextsOf(kind) !== null, cells: heads.map(() => element("td")) }));
    place.append(element("table", { className: "steps" },
        element("thead", {}, element("tr", {}, element("th"), ...heads.map(button => element("th", { scope: "col" }, button)))),
        element("tbody", {}, ...rows.map(({ name, cells }) =>
            element("tr", {}, element("th", { scope: "row", textContent: name }), ...cells)))));
    return (answers, texts) => {
        heads.forEach((button, i) => button.textContent = texts[i]);
        const all = answers.map(answer => answersOf(content, model, answer).map(({ text }) => text));
        rows.forEach(({ cells, isClass }, row) => cells.forEach((cell, i) => {
            cell.textContent = all[i][row];
            cell.className = isClass && i > 0 && all[i][row] !== all[i - 1][row] ? "changed" : "";
        }));
    };
}

const stripOf = (place, { content, model, painter }, count, onChoose) => content.schema
    ? rowStrip(place, content, model, count, onChoose) : pictureStrip(place, painter, count, onChoose);

/** The code with one dimension moved through its range. */
function traversalPanel(parts, state, go) {
    const { codes, sphere } = parts, count = parts.content.schema ? 7 : 9;
    const variances = codes[0].map((_, d) => {
        const mean = codes.reduce((sum, z) => sum + z[d], 0) / codes.length;
        return codes.reduce((sum, z) => sum + (z[d] - mean) ** 2, 0);
    });
    let dimension = variances.indexOf(Math.max(...variances));
    const steps = Array.from({ length: count }, (_, i) => (sphere ? 1 : 2.5) * (2 * i / (count - 1) - 1));
    const at = value => state.z.map((own, d) => d === dimension ? value : own);
    const show = stripOf(document.getElementById("traversal"), parts, count, i => go(at(steps[i])));
    const update = () => show(steps.map(value => parts.model.decode(parts.model.code(at(value)), state.condition)), steps.map(stepText));
    const { label } = selectOf("Dimension", codes[0].map((_, d) => `z${d + 1}`), dimension, chosen => {
        dimension = chosen;
        update();
    }, "traversed");
    document.getElementById("dimension").append(label);
    return update;
}

/** The path between the codes of two examples. */
function pathPanel(parts, state, go) {
    const { codes, examples, model } = parts, count = parts.content.schema ? 5 : 9;
    const steps = Array.from({ length: count }, (_, i) => i / (count - 1));
    const distances = codes.map(z => Math.hypot(...z.map((value, d) => value - codes[0][d])));
    const ends = [0, distances.indexOf(Math.max(...distances))];
    const at = t => along(codes[ends[0]], codes[ends[1]], t, parts.sphere);
    const slider = element("input", {
        type: "range", min: 0, max: 1, step: 0.01, value: 0, ariaLabel: "From the first to the second", id: "share" });
    const play = element("button", { type: "button", textContent: "Play", id: "play" });
    // Numbers change along the path as the code does, classes at its middle.
    const conditionAt = t => parts.content.condition.numbers ? along(...ends.map(examples.condition), t, false)
        : examples.condition(ends[t < 0.5 ? 0 : 1]);
    const move = t => {
        slider.value = t;
        go(at(t), t === 0 ? ends[0] : t === 1 ? ends[1] : -1, conditionAt(t));
    };
    const show = stripOf(document.getElementById("path"), parts, count, i => move(steps[i]));
    const buttons = ends.map((_, k) => endButton(parts, k, () => {
        if (state.example < 0)
            return;
        ends[k] = state.example;
        update();
    }));
    function update() {
        buttons.forEach(({ set }, k) => set(ends[k]));
        show(steps.map(t => model.decode(model.code(at(t)), conditionAt(t))), steps.map(t => `${Math.round(100 * t)}%`));
    }
    slider.addEventListener("input", () => move(Number(slider.value)));
    let playing = 0;
    const frame = start => now => {
        const t = (now - start) / 4000 % 2;
        move(Math.round(100 * (t < 1 ? t : 2 - t)) / 100);
        playing = requestAnimationFrame(frame(start));
    };
    play.addEventListener("click", () => {
        play.textContent = playing ? "Play" : "Stop";
        if (playing)
            cancelAnimationFrame(playing);
        playing = playing ? 0 : requestAnimationFrame(now => frame(now)(now));
    });
    document.getElementById("ends").append(buttons[0].button, slider, buttons[1].button, play);
    return update;
}

/** One end of the path: its picture or its number. A click puts the chosen example there. */
function endButton({ content, painter, examples }, place, onClick) {
    const text = element("span"), button = element("button", { type: "button", className: "end", title: "Put the chosen example here",
        id: `end${place + 1}` });
    button.addEventListener("click", onClick);
    const canvas = element("canvas"), paint = content.schema ? null : painter.paint(canvas, true);
    button.append(...(paint ? [canvas] : []), text);
    return {
        button,
        set: example => {
            paint?.(examples.values(example));
            text.textContent = `${place === 0 ? "from" : "to"} ${examples.indices[example]}`;
        },
    };
}

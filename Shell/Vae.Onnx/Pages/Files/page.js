// The page: one state, and what shows it. A move decodes once in the next frame; strips follow when the reader rests.

function start(content, weights) {
    const model = modelOf(content, weights), examples = examplesOf(content), painter = content.schema ? null : painterOf(content, examples);
    const codes = Array.from({ length: examples.count }, (_, i) => examples.code(i));
    const parts = { content, model, examples, codes, painter, sphere: content.sphere };
    const state = { z: codes[0], condition: examples.condition(0), example: -1, from: -1 };
    const place = id => document.getElementById(id);
    document.body.classList.toggle("few", model.latent <= mostFew);
    document.body.classList.toggle("many", model.latent > leastMany);
    document.body.classList.toggle("tall", (content.condition.choices?.length ?? content.condition.numbers ?? 0) > 2);
    document.body.classList.add(content.schema ? "rows" : "images");
    place("summary").textContent = content.summary;
    if (content.report)
        place("summary").append(" ", element("a", { href: content.report, textContent: "Report" }));

    const view = content.schema ? rowView(place("views"), content, model) : pictureView(place("views"), painter);
    const map = mapView(place("map"), codes, { onExample: choose, onPoint: point => go(movedTo(state.z, axes, point)) });
    const showSliders = slidersOf(place("sliders"), codes, content.sphere, (d, value) => go(state.z.map((own, i) => i === d ? value : own)));
    const showCondition = conditionControls(place("choices"), content.condition, condition => {
        state.condition = condition;
        refresh();
    });
    const strips = [traversalPanel(parts, state, go), pathPanel(parts, state, go)];
    const film = filmOf(place("film"), parts, choose);
    place("examples-card").hidden = Boolean(content.schema);

    const known = axesOf(codes, model.latent), axes = known.slice(0, 2);
    if (model.latent > 2)
        ["Across", "Up"].forEach((name, k) => place("axes").append(selectOf(name, known.map(axis => axis.name), k, chosen => {
            axes[k] = known[chosen];
            map.useAxes(axes);
            map.goTo(state.z, state.example);
        }, `axis${k + 1}`).label));
    const colorings = coloringsOf(content, examples);
    let coloring = colorings[0];
    const recolor = () => {
        map.useColors(colorsOf(coloring, examples.count, place("legend")));
        map.draw();
    };
    if (colorings.length > 1)
        place("axes").append(selectOf("Colour", colorings.map(of => of.name), 0, chosen => {
            coloring = colorings[chosen];
            recolor();
        }, "coloring").label);

    let frame = 0, rest = 0;
    function refresh() {
        frame ||= requestAnimationFrame(() => {
            frame = 0;
            render();
        });
        clearTimeout(rest);
        rest = setTimeout(() => strips.forEach(update => update()), 120);
    }

    function render() {
        view.show(model.decode(state.z, state.condition));
        map.goTo(state.z, state.example);
        showSliders(state.z);
        place("caption").textContent = captionOf(state, examples);
    }

    /** To a code, which is that of an example or none, under another condition or the same. */
    function go(z, example = -1, condition = state.condition) {
        Object.assign(state, { z: model.code(z), example, condition });
        showCondition(condition);
        if (example >= 0) {
            state.from = example;
            view.showExample(examples.values(example));
        }
        film(example);
        refresh();
    }

    function choose(example) {
        go(codes[example], example, examples.condition(example));
    }

    const stepBy = by => choose((Math.max(state.from, 0) + by + examples.count) % examples.count);
    place("previous").addEventListener("click", () => stepBy(-1));
    place("next").addEventListener("click", () => stepBy(1));
    place("random").addEventListener("click", () => choose(Math.floor(Math.random() * examples.count)));
    place("centre").addEventListener("click", () => leave(state.z.map(() => 0)));
    place("draw").addEventListener("click", () => leave(model.draw(state.condition)));
    place("draw").disabled = !model.hasPrior;
    function leave(z) {
        state.from = -1;
        view.showExample(null);
        go(z);
    }

    map.useAxes(axes);
    recolor();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        recolor();
        refresh();
    });
    choose(0);
    return { model, state, examples, go, choose, render };
}

function captionOf({ example, from }, { indices, labels, classes }) {
    const named = i => `example ${indices[i]}${labels ? `, class ${classes[labels[i]]}` : ""}`;
    return example >= 0 ? named(example).replace("e", "E") : from >= 0 ? `Moved from ${named(from)}` : "Not the code of an example";
}

const mostThumbnails = 60, mostFew = 8, leastMany = 30;

/** The first examples as thumbnails. */
function filmOf(place, { content, examples, painter }, choose) {
    const buttons = content.schema ? [] : Array.from({ length: Math.min(mostThumbnails, examples.count) }, (_, i) => {
        const canvas = element("canvas"), ariaLabel = `Example ${examples.indices[i]}`;
        const button = element("button", { type: "button", ariaLabel }, canvas);
        painter.paint(canvas, true)(examples.values(i));
        button.addEventListener("click", () => choose(i));
        place.append(button);
        return button;
    });
    return chosen => buttons.forEach((button, i) => button.ariaPressed = String(i === chosen));
}

const explorer = typeof document === "undefined" ? null : start(
    JSON.parse(document.getElementById("content").textContent), floatsOf(document.getElementById("weights").textContent));

// The codes of the examples in a plane, and the point where the reader is.

const coordinateAxis = (latent, d) => ({ name: `z${d + 1}`, vector: Array.from({ length: latent }, (_, i) => i === d ? 1 : 0), offset: 0 });

/** The axes to choose from: principal ones where there are more than two latents, and each latent. */
function axesOf(codes, latent) {
    if (latent === 1)
        return [coordinateAxis(1, 0), { name: "", vector: [0], offset: 0 }];
    const { mean, axes } = latent > 2 ? principalAxes(codes, 2) : { axes: [] };
    return [
        ...axes.map(({ vector, share }, k) => ({
            name: `PC${k + 1} (${(100 * share).toFixed(0)}%)`, vector, offset: dot(mean, vector) })),
        ...Array.from({ length: latent }, (_, d) => coordinateAxis(latent, d)),
    ];
}

const placeOn = (axis, z) => dot(z, axis.vector) - axis.offset;

/** z moved within the plane of two axes, so that its places on them are as given. */
function movedTo(z, [x, y], [toX, toY]) {
    const [dx, dy] = [toX - placeOn(x, z), toY - placeOn(y, z)], overlap = dot(x.vector, y.vector), rest = 1 - overlap * overlap;
    const [a, b] = rest < 1e-9 ? [dx, 0] : [(dx - overlap * dy) / rest, (dy - overlap * dx) / rest];
    return z.map((value, d) => value + a * x.vector[d] + b * y.vector[d]);
}

const ramp = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];

function rampColor(part) {
    const at = Math.min(Math.max(part, 0), 1) * (ramp.length - 1), low = Math.min(Math.floor(at), ramp.length - 2);
    return `rgb(${ramp[low].map((value, i) => Math.round(value + (at - low) * (ramp[low + 1][i] - value))).join(" ")})`;
}

/** Draws the map on a canvas and reports where the reader goes: to an example, or to a point of the plane. */
function mapView(canvas, codes, { onExample, onPoint }) {
    const context = canvas.getContext("2d"), margin = 18;
    let axes = [], points = [], colors = [], here = [0, 0], chosen = -1, extent = [];
    const at = ([x, y]) => [
        margin + (x - extent[0][0]) / (extent[0][1] - extent[0][0]) * (canvas.clientWidth - 2 * margin),
        canvas.clientHeight - margin - (y - extent[1][0]) / (extent[1][1] - extent[1][0]) * (canvas.clientHeight - 2 * margin)];
    const back = (left, top) => [
        extent[0][0] + (left - margin) / (canvas.clientWidth - 2 * margin) * (extent[0][1] - extent[0][0]),
        extent[1][0] + (canvas.clientHeight - margin - top) / (canvas.clientHeight - 2 * margin) * (extent[1][1] - extent[1][0])];

    function nearest(left, top) {
        let best = -1, least = Infinity;
        points.forEach((point, i) => {
            const [x, y] = at(point), distance = Math.hypot(x - left, y - top);
            if (distance < least)
                [best, least] = [i, distance];
        });
        return [best, least];
    }

    function disc(x, y, radius, color) {
        context.fillStyle = color;
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fill();
    }

    function draw() {
        const scale = devicePixelRatio || 1, [width, height] = [canvas.clientWidth, canvas.clientHeight];
        if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale))
            Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
        context.setTransform(scale, 0, 0, scale, 0, 0);
        context.clearRect(0, 0, width, height);
        const [zeroX, zeroY] = at([0, 0]);
        context.strokeStyle = styleOf("--line");
        context.lineWidth = 1;
        for (const [x0, y0, x1, y1] of [[zeroX, 0, zeroX, height], [0, zeroY, width, zeroY]]) {
            context.beginPath();
            context.moveTo(x0, y0);
            context.lineTo(x1, y1);
            context.stroke();
        }
        points.forEach((point, i) => disc(...at(point), i === chosen ? 6 : 4, colors[i]));
        // What lies beyond the map is shown at its edge.
        const [x, y] = at(here), within = (value, length) => Math.min(Math.max(value, 12), length - 12);
        ring(within(x, width), within(y, height));
    }

    // Light around dark, so that it is seen on every colour.
    function ring(x, y) {
        for (const [width, color] of [[5, styleOf("--page")], [2.5, styleOf("--ink")]]) {
            context.lineWidth = width;
            context.strokeStyle = color;
            context.beginPath();
            context.arc(x, y, 9, 0, 2 * Math.PI);
            context.stroke();
        }
    }

    let pressed = null;
    canvas.addEventListener("pointerdown", event => {
        canvas.setPointerCapture(event.pointerId);
        pressed = [event.offsetX, event.offsetY];
        const [found, distance] = nearest(event.offsetX, event.offsetY);
        if (distance <= (event.pointerType === "mouse" ? 8 : 16))
            onExample(found);
        else
            onPoint(back(event.offsetX, event.offsetY));
    });
    canvas.addEventListener("pointermove", event => {
        if (pressed && Math.hypot(event.offsetX - pressed[0], event.offsetY - pressed[1]) > 4)
            onPoint(back(event.offsetX, event.offsetY));
    });
    for (const end of ["pointerup", "pointercancel"])
        canvas.addEventListener(end, () => pressed = null);
    canvas.addEventListener("keydown", event => {
        const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (event.key === "Enter")
            onExample(nearest(...at(here))[0]);
        else if (move)
            onPoint(here.map((value, k) => value + move[k] * (event.shiftKey ? 0.1 : 0.02) * (extent[k][1] - extent[k][0])));
        else
            return;
        event.preventDefault();
    });
    new ResizeObserver(draw).observe(canvas);

    return {
        draw,
        useAxes: chosenAxes => {
            axes = chosenAxes;
            points = codes.map(z => axes.map(axis => placeOn(axis, z)));
            extent = [0, 1].map(k => {
                const values = points.map(point => point[k]), low = Math.min(...values), high = Math.max(...values);
                const room = 0.06 * (high - low) || 1;
                return [low - room, high + room];
            });
        },
        useColors: given => colors = given,
        goTo: (z, example) => {
            here = axes.map(axis => placeOn(axis, z));
            chosen = example;
            draw();
        },
    };
}

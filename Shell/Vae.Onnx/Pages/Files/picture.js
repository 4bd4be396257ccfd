// Examples on canvases: images as they are, other vectors as bars or a line.

const styleOf = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function element(kind, properties = {}, ...children) {
    const made = Object.assign(document.createElement(kind), properties);
    made.append(...children);
    return made;
}

/** Paints images [C, H, W] of intensities, or of values in a range. */
function imagePainter([channels, height, width], [low, high]) {
    const plane = height * width, shade = value => 255 * (value - low) / (high - low || 1);
    return canvas => {
        Object.assign(canvas, { width, height });
        canvas.classList.add("image");
        const context = canvas.getContext("2d"), pixels = context.createImageData(width, height);
        return values => {
            for (let at = 0; at < plane; at++) {
                for (let channel = 0; channel < 3; channel++)
                    pixels.data[4 * at + channel] = shade(values[(channels === 3 ? channel : 0) * plane + at]);
                pixels.data[4 * at + 3] = 255;
            }
            context.putImageData(pixels, 0, 0);
        };
    };
}

const mostBars = 40;

/** Paints vectors over a range. */
function profilePainter([low, high]) {
    return (canvas, small = false) => {
        Object.assign(canvas, small ? { width: 112, height: 84 } : { width: 448, height: 336 });
        const context = canvas.getContext("2d");
        return values => {
            const { width, height } = canvas, step = width / values.length;
            const y = value => height - 8 - (height - 16) * (value - low) / (high - low || 1), zero = y(Math.min(Math.max(0, low), high));
            context.clearRect(0, 0, width, height);
            context.fillStyle = context.strokeStyle = styleOf("--accent");
            context.lineWidth = small ? 2 : 4;
            if (values.length <= mostBars) {
                values.forEach((value, i) => context.fillRect(i * step + 1, Math.min(zero, y(value)), Math.max(1, step - 2),
                    Math.max(1, Math.abs(y(value) - zero))));
                return;
            }
            context.beginPath();
            values.forEach((value, i) => context.lineTo((i + 0.5) * step, y(value)));
            context.stroke();
        };
    };
}

const rangeOf = rows => rows.flat().reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);

/** How examples are drawn: images of one or three channels, or vectors. */
function painterOf(content, examples) {
    // A mask may follow the values of an example.
    const size = sizeOf(content.shape), own = values => values.length > size ? values.slice(0, size) : values;
    const range = content.examples.intensities ? [0, 1]
        : rangeOf(Array.from({ length: examples.count }, (_, i) => own(examples.values(i))));
    const isImage = content.shape.length === 3 && [1, 3].includes(content.shape[0]) && content.shape[1] > 1;
    const paint = isImage ? imagePainter(content.shape, range) : profilePainter(range);
    return {
        paint: (canvas, small) => {
            const painted = paint(canvas, small);
            return values => painted(own(values));
        },
    };
}

/** The pictures of the code and of the example that it came from. */
function pictureView(place, painter) {
    const figure = title => {
        const canvas = element("canvas", { role: "img", ariaLabel: title });
        place.append(element("figure", {}, canvas, element("figcaption", { textContent: title })));
        return painter.paint(canvas);
    };
    const decoded = figure("Decoded"), original = figure("Original");
    const box = place.lastElementChild;
    return {
        show: ({ mean }) => decoded(mean),
        showExample: values => {
            box.hidden = !values;
            if (values)
                original(values);
        },
    };
}

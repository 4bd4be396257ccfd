// The layers of networks, as operators of ONNX.

/** Rows times the transpose of a weight [m, n], which lies in memory as the sums take it. [N, n] → [N, m]. */
function linear(x, weight, bias) {
    const [rows, length] = x.dims, width = weight.dims[0], to = emptyOf([rows, width]), w = weight.data, own = Float32Array.from(x.data);
    for (let row = 0; row < rows; row++)
        for (let unit = 0; unit < width; unit++)
            to.data[row * width + unit] = bias.data[unit] + innerProduct(own, row * length, w, unit * length, length);
    return to;
}

// Four sums that do not wait for each other are two to four times as fast as one.
function innerProduct(a, from, b, other, length) {
    let [first, second, third, fourth] = [0, 0, 0, 0], i = 0;
    for (; i + 3 < length; i += 4) {
        first += a[from + i] * b[other + i];
        second += a[from + i + 1] * b[other + i + 1];
        third += a[from + i + 2] * b[other + i + 2];
        fourth += a[from + i + 3] * b[other + i + 3];
    }
    for (; i < length; i++)
        first += a[from + i] * b[other + i];
    return first + second + third + fourth;
}

function product(a, b) {
    const [rows, length] = a.dims, width = b.dims[1], to = emptyOf([rows, width]);
    for (let row = 0; row < rows; row++)
        for (let k = 0; k < length; k++) {
            const factor = a.data[row * length + k];
            for (let unit = 0; unit < width; unit++)
                to.data[row * width + unit] += factor * b.data[k * width + unit];
        }
    return to;
}

/** Where a kernel's position lies on the large grid, for the places of the small one: place · step + offset, where that exists. */
function reach(count, step, offset, limit) {
    return [Math.max(0, Math.ceil(-offset / step)), Math.min(count, Math.floor((limit - 1 - offset) / step) + 1)];
}

/** Calls back with the indices of a plane's place in the small grid and in the large one. */
function eachPlace(small, large, [down, right], [top, left], visit) {
    const [i0, i1] = reach(small[0], down, top, large[0]), [j0, j1] = reach(small[1], right, left, large[1]);
    for (let i = i0; i < i1; i++)
        for (let j = j0, from = i * small[1] + j0, to = (i * down + top) * large[1] + j0 * right + left; j < j1; j++, from++, to += right)
            visit(from, to);
}

const planeOf = (x, index) => x.data.subarray(index * x.dims[2] * x.dims[3], (index + 1) * x.dims[2] * x.dims[3]);

function addScaled(to, from, factor) {
    for (let i = 0; i < to.length; i++)
        to[i] += factor * from[i];
}

function filledWith(dims, bias) {
    const to = emptyOf(dims);
    for (let index = 0; index < dims[0] * dims[1]; index++)
        planeOf(to, index).fill(bias.data[index % dims[1]]);
    return to;
}

/** Every position of a kernel, as the offset of the large grid from the small one. */
function positionsOf([, , high, wide], pads) {
    return Array.from({ length: high * wide }, (_, at) => [Math.floor(at / wide) - pads[0], at % wide - pads[1]]);
}

/** A convolution: each input plane is moved once for each position of the kernel, and then added to all outputs. */
function convolution(x, weight, bias, { strides, pads }) {
    const [count, channels, ...large] = x.dims, outputs = weight.dims[0], positions = positionsOf(weight.dims, pads);
    const small = large.map((length, axis) => Math.floor((length + 2 * pads[axis] - weight.dims[2 + axis]) / strides[axis]) + 1);
    const to = filledWith([count, outputs, ...small], bias);
    for (let n = 0; n < count; n++)
        for (let c = 0; c < channels; c++)
            positions.forEach((offset, k) => {
                const from = planeOf(x, n * channels + c), moved = new Float64Array(small[0] * small[1]);
                eachPlace(small, large, strides, offset, (own, other) => moved[own] = from[other]);
                for (let o = 0; o < outputs; o++)
                    addScaled(planeOf(to, n * outputs + o), moved, weight.data[(o * channels + c) * positions.length + k]);
            });
    return to;
}

/** The transpose of a convolution: the sum of the input planes for each position of the kernel, which is then moved once. */
function transposedConvolution(x, weight, bias, { strides, pads, output_padding: more }) {
    const [count, channels, ...small] = x.dims, outputs = weight.dims[1], positions = positionsOf(weight.dims, pads);
    const large = small.map((length, axis) => (length - 1) * strides[axis] - 2 * pads[axis] + weight.dims[2 + axis] + more[axis]);
    const to = filledWith([count, outputs, ...large], bias);
    for (let n = 0; n < count; n++)
        for (let o = 0; o < outputs; o++)
            positions.forEach((offset, k) => {
                const target = planeOf(to, n * outputs + o), sum = new Float64Array(small[0] * small[1]);
                for (let c = 0; c < channels; c++)
                    addScaled(sum, planeOf(x, n * channels + c), weight.data[(c * outputs + o) * positions.length + k]);
                eachPlace(small, large, strides, offset, (own, other) => target[other] += sum[own]);
            });
    return to;
}

/** Each channel by its running statistics. */
function batchNormalized(x, scale, shift, mean, variance, epsilon) {
    const inner = sizeOf(x.dims.slice(2));
    return tensorOf(x.dims, Float64Array.from(x.data, (value, i) => {
        const channel = Math.floor(i / inner) % x.dims[1];
        return (value - mean.data[channel]) / Math.sqrt(variance.data[channel] + epsilon) * scale.data[channel] + shift.data[channel];
    }));
}

/** Each part of x from an axis on, by its own mean and variance. */
function layerNormalized(x, scale, shift, axis, epsilon) {
    const length = sizeOf(x.dims.slice(axis)), to = emptyOf(x.dims);
    for (let start = 0; start < x.data.length; start += length) {
        const part = x.data.subarray(start, start + length);
        const mean = part.reduce((sum, value) => sum + value, 0) / length;
        const variance = part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
        for (let i = 0; i < length; i++)
            to.data[start + i] = (part[i] - mean) / Math.sqrt(variance + epsilon) * scale.data[i] + (shift ? shift.data[i] : 0);
    }
    return to;
}

function averaged(x, [high, wide]) {
    const to = emptyOf([x.dims[0], x.dims[1], x.dims[2] / high, x.dims[3] / wide]), width = to.dims[3];
    for (let index = 0; index < x.dims[0] * x.dims[1]; index++)
        planeOf(x, index).forEach((value, at) => {
            const row = Math.floor(at / x.dims[3]), column = at % x.dims[3];
            planeOf(to, index)[Math.floor(row / high) * width + Math.floor(column / wide)] += value / (high * wide);
        });
    return to;
}

Object.assign(operators, {
    Gemm: ([x, weight, bias]) => linear(x, weight, bias),
    MatMul: ([a, b]) => product(a, b),
    Conv: ([x, weight, bias], at) => convolution(x, weight, bias, at),
    ConvTranspose: ([x, weight, bias], at) => transposedConvolution(x, weight, bias, at),
    BatchNormalization: ([x, scale, shift, mean, variance], { epsilon }) => batchNormalized(x, scale, shift, mean, variance, epsilon),
    LayerNormalization: ([x, scale, shift], { axis, epsilon }) => layerNormalized(x, scale, shift, axis, epsilon),
    AveragePool: ([x], { kernel_shape: block }) => averaged(x, block),
    LeakyRelu: ([x], { alpha }) => mapped(value => value < 0 ? alpha * value : value, x),
    Elu: ([x], { alpha }) => mapped(value => value < 0 ? alpha * Math.expm1(value) : value, x),
});

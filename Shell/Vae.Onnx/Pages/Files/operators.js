"use strict";

// A tensor is { dims, data }, row-major. Weights are 32-bit numbers; sums are in double precision.
const sizeOf = dims => dims.reduce((all, dim) => all * dim, 1);

const tensorOf = (dims, data) => ({ dims, data });

const emptyOf = dims => tensorOf(dims, new Float64Array(sizeOf(dims)));

const mapped = (f, x) => tensorOf(x.dims, Float64Array.from(x.data, f));

const axisOf = (x, axis) => axis < 0 ? axis + x.dims.length : axis;

// 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!, whose terms all have the sign of x: nothing cancels.
function erf(x) {
    if (Math.abs(x) > 5.5)
        return Math.sign(x);
    let term = x, sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}

/** The data of x broadcast to dimensions from the right. */
function broadcast(x, dims) {
    const count = sizeOf(dims);
    if (x.data.length === count)
        return x.data;
    const to = new Float64Array(count);
    if (x.data.length === 1)
        return to.fill(x.data[0]);
    // One place after the other, as on an odometer; the steps of x are 0 where it is repeated.
    const steps = new Array(dims.length).fill(0), at = new Array(dims.length).fill(0);
    for (let axis = dims.length - 1, own = x.dims.length - 1, step = 1; own >= 0; axis--, own--) {
        steps[axis] = x.dims[own] === 1 ? 0 : step;
        step *= x.dims[own];
    }
    for (let i = 0, from = 0; i < count; i++) {
        to[i] = x.data[from];
        for (let axis = dims.length - 1; axis >= 0; axis--) {
            from += steps[axis];
            if (++at[axis] < dims[axis])
                break;
            from -= steps[axis] * dims[axis];
            at[axis] = 0;
        }
    }
    return to;
}

function commonDims(...tensors) {
    const rank = Math.max(...tensors.map(x => x.dims.length));
    return Array.from({ length: rank }, (_, i) =>
        Math.max(...tensors.map(x => x.dims[i + x.dims.length - rank] ?? 1)));
}

function combined(f, a, b) {
    const dims = commonDims(a, b), to = emptyOf(dims), left = broadcast(a, dims), right = broadcast(b, dims);
    for (let i = 0; i < to.data.length; i++)
        to.data[i] = f(left[i], right[i]);
    return to;
}

/** The axes before, at and after one axis, as three lengths. */
function around(x, axis) {
    return [sizeOf(x.dims.slice(0, axis)), x.dims[axis], sizeOf(x.dims.slice(axis + 1))];
}

/** Folds one axis: [.., n, ..] → [.., 1, ..]. */
function folded(x, axis, first, f) {
    const [outer, length, inner] = around(x, axis), to = emptyOf(x.dims.map((dim, i) => i === axis ? 1 : dim));
    for (let i = 0; i < outer; i++)
        for (let j = 0; j < inner; j++) {
            let value = first;
            for (let k = 0; k < length; k++)
                value = f(value, x.data[(i * length + k) * inner + j]);
            to.data[i * inner + j] = value;
        }
    return to;
}

function reduced(x, axes, keep, first, f) {
    const over = Array.from(axes.data, axis => axisOf(x, axis));
    let all = x;
    for (const axis of over)
        all = folded(all, axis, first, f);
    return tensorOf(keep ? all.dims : all.dims.filter((_, i) => !over.includes(i)), all.data);
}

function sliced(x, start, end, axis) {
    const [outer, length, inner] = around(x, axis), count = Math.min(end, length) - start;
    const to = emptyOf(x.dims.map((dim, i) => i === axis ? count : dim));
    for (let i = 0; i < outer; i++)
        to.data.set(x.data.slice((i * length + start) * inner, (i * length + start + count) * inner), i * count * inner);
    return to;
}

function joined(parts, axis) {
    const total = parts.reduce((sum, x) => sum + x.dims[axis], 0);
    const to = emptyOf(parts[0].dims.map((dim, i) => i === axis ? total : dim)), outer = sizeOf(to.dims.slice(0, axis));
    let at = 0;
    for (let i = 0; i < outer; i++)
        for (const part of parts) {
            const row = part.data.length / outer;
            to.data.set(part.data.slice(i * row, (i + 1) * row), at);
            at += row;
        }
    return to;
}

function transposed(x, order) {
    const to = emptyOf(order.map(axis => x.dims[axis]));
    const steps = x.dims.map((_, axis) => sizeOf(x.dims.slice(axis + 1))), at = order.map(() => 0);
    for (let i = 0; i < to.data.length; i++) {
        to.data[i] = x.data[order.reduce((from, axis, place) => from + at[place] * steps[axis], 0)];
        for (let place = order.length - 1; place >= 0 && ++at[place] === to.dims[place]; place--)
            at[place] = 0;
    }
    return to;
}

function reshaped(x, shape) {
    const dims = Array.from(shape.data), free = dims.indexOf(-1);
    if (free >= 0)
        dims[free] = x.data.length / -sizeOf(dims);
    return tensorOf(dims, x.data);
}

function firstOfLargest(x, axis) {
    const [outer, length, inner] = around(x, axis), to = emptyOf(x.dims.map((dim, i) => i === axis ? 1 : dim));
    for (let i = 0; i < outer; i++)
        for (let j = 0; j < inner; j++) {
            let best = 0;
            for (let k = 1; k < length; k++)
                if (x.data[(i * length + k) * inner + j] > x.data[(i * length + best) * inner + j])
                    best = k;
            to.data[i * inner + j] = best;
        }
    return to;
}

// The operators of ONNX that a decoder's graph uses: arrays of inputs and the attributes → the output.
const operators = {
    Identity: ([x]) => x,
    Cast: ([x]) => x,
    Clip: ([x, low, high]) => mapped(value => Math.min(Math.max(value, low.data[0]), high.data[0]), x),
    Where: ([which, a, b]) => {
        const dims = commonDims(which, a, b), [w, left, right] = [which, a, b].map(x => broadcast(x, dims));
        return tensorOf(dims, Float64Array.from(w, (chosen, i) => chosen ? left[i] : right[i]));
    },
    Reshape: ([x, shape]) => reshaped(x, shape),
    Shape: ([x]) => tensorOf([x.dims.length], Float64Array.from(x.dims)),
    Expand: ([x, shape]) => {
        const dims = commonDims(x, { dims: Array.from(shape.data) });
        return tensorOf(dims, broadcast(x, dims));
    },
    Slice: ([x, starts, ends, axes]) => sliced(x, starts.data[0], ends.data[0], axes ? axisOf(x, axes.data[0]) : 0),
    Concat: (parts, { axis }) => joined(parts, axisOf(parts[0], axis)),
    Transpose: ([x], { perm }) => transposed(x, perm),
    ReduceSum: ([x, axes], { keepdims = 1 }) => reduced(x, axes, keepdims, 0, (sum, value) => sum + value),
    ReduceMax: ([x, axes], { keepdims = 1 }) => reduced(x, axes, keepdims, -Infinity, Math.max),
    ArgMax: ([x], { axis = 0 }) => firstOfLargest(x, axisOf(x, axis)),
};

const elementwise = {
    Neg: x => -x, Exp: Math.exp, Log: Math.log, Sqrt: Math.sqrt, Abs: Math.abs, Sign: Math.sign, Tanh: Math.tanh, Erf: erf,
    Sigmoid: x => 1 / (1 + Math.exp(-x)), Relu: x => Math.max(0, x), Floor: Math.floor, Sin: Math.sin, Cos: Math.cos,
    IsNaN: x => Number.isNaN(x) ? 1 : 0, IsInf: x => Math.abs(x) === Infinity ? 1 : 0, Not: x => x ? 0 : 1,
};

const pairwise = {
    Add: (a, b) => a + b, Sub: (a, b) => a - b, Mul: (a, b) => a * b, Div: (a, b) => a / b, Min: Math.min, Max: Math.max,
    Equal: (a, b) => a === b ? 1 : 0, Greater: (a, b) => a > b ? 1 : 0, Less: (a, b) => a < b ? 1 : 0,
    And: (a, b) => a && b ? 1 : 0, Or: (a, b) => a || b ? 1 : 0,
};

for (const [name, f] of Object.entries(elementwise))
    operators[name] = ([x]) => mapped(f, x);
for (const [name, f] of Object.entries(pairwise))
    operators[name] = ([a, b]) => combined(f, a, b);

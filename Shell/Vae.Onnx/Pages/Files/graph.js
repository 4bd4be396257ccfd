// A graph is a list of operators in the order in which they run, as the model is exported to ONNX.

/** Bytes of a text in base64. */
function bytesOf(text) {
    const letters = atob(text), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++)
        bytes[i] = letters.charCodeAt(i);
    return bytes;
}

const floatsOf = text => new Float32Array(bytesOf(text).buffer);

/** The graph of a description, over the numbers of all weights: a function of its inputs by name to its outputs by name. */
function compiled(description, weights) {
    const constants = new Map();
    for (const [name, { dims, at }] of Object.entries(description.tensors))
        constants.set(name, tensorOf(dims, weights.subarray(at, at + sizeOf(dims))));
    for (const [name, values] of Object.entries(description.wholes))
        constants.set(name, tensorOf([values.length], values));
    return inputs => {
        const values = new Map(constants);
        for (const [name, value] of Object.entries(inputs))
            values.set(name, value);
        for (const [operator, from, to, attributes] of description.nodes)
            values.set(to, operators[operator](from.map(name => values.get(name)), attributes));
        return Object.fromEntries(description.outputs.map(name => [name, values.get(name)]));
    };
}

// What the page knows: its data, and the model over them. Nothing here draws.

/** The codes, conditions and values of the examples, as one row each. */
function examplesOf(content) {
    const given = content.examples, count = given.indices.length;
    const values = given.intensities ? Float64Array.from(bytesOf(given.values), value => value / 255) : floatsOf(given.values);
    const codes = floatsOf(given.codes), conditions = floatsOf(given.conditions);
    const row = (all, i) => Array.from(all.subarray(i * all.length / count, (i + 1) * all.length / count));
    return {
        count,
        indices: given.indices,
        labels: given.labels,
        classes: given.classes,
        code: i => row(codes, i),
        condition: i => row(conditions, i),
        values: i => row(values, i),
    };
}

/** Two independent draws from N(0, 1) for each pair of numbers of a generator; Box & Muller 1958. */
function normals(count, random = Math.random) {
    return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

function modelOf(content, weights) {
    const decoder = compiled(content.decoder, weights);
    const prior = content.prior && compiled(content.prior, weights), terms = content.terms && compiled(content.terms, weights);
    const given = condition => condition.length === 0 ? {} : { condition: tensorOf([1, condition.length], condition) };
    const onSphere = z => {
        const length = Math.hypot(...z);
        return length > 0 ? z.map(value => value / length) : z.map((_, i) => i === 0 ? 1 : 0);
    };
    return {
        latent: content.latent,
        hasPrior: Boolean(prior),
        /** A code as the model can have it. */
        code: z => content.sphere ? onSphere(z) : z,
        /** The mean E[x|z, c] and the parameters of p(x|z, c). */
        decode: (z, condition) => {
            const { mean, parameters } = decoder({ z: tensorOf([1, z.length], z), ...given(condition) });
            return { mean: mean.data, parameters: parameters.data };
        },
        draw: (condition, random) => {
            const noise = normals(content.noise, random);
            return Array.from(prior({ noise: tensorOf([1, noise.length], noise), ...given(condition) }).z.data);
        },
        /** The prior's draw of given noise. */
        drawOf: (noise, condition) => Array.from(prior({ noise: tensorOf([1, noise.length], noise), ...given(condition) }).z.data),
        /** −ln p of each value of an example, whose mask follows its values where there is one; nats. */
        terms: (parameters, x) => Array.from(terms({
            parameters: tensorOf([1, ...content.parameters], parameters), x: tensorOf([1, ...content.input], x),
        }).terms.data),
    };
}

/** The principal axes of codes, by the power method; Hotelling 1933. Each is a unit vector, with its share of the variance. */
function principalAxes(codes, count) {
    const size = codes[0].length, mean = codes[0].map((_, d) => codes.reduce((sum, z) => sum + z[d], 0) / codes.length);
    let rows = codes.map(z => z.map((value, d) => value - mean[d]));
    const total = rows.reduce((sum, row) => sum + row.reduce((all, value) => all + value * value, 0), 0) || 1;
    const axes = [];
    for (let k = 0; k < Math.min(count, size); k++) {
        // Not along a coordinate axis, to which the largest component could be orthogonal.
        let axis = rows[0].map((_, d) => 1 + 0.1 * Math.sin(d + 1)), share = 0;
        for (let step = 0; step < 100; step++) {
            const next = axis.map(() => 0);
            for (const row of rows) {
                const along = dot(row, axis);
                row.forEach((value, d) => next[d] += along * value);
            }
            const length = Math.hypot(...next);
            if (length === 0)
                break;
            share = length / Math.hypot(...axis) / total;
            axis = next.map(value => value / length);
        }
        const found = axis.map(value => value / Math.hypot(...axis));
        axes.push({ vector: found, share });
        rows = rows.map(row => {
            const along = dot(row, found);
            return row.map((value, d) => value - along * found[d]);
        });
    }
    return { mean, axes };
}

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** The point of a great circle on a sphere, else of a line: a share t of the way from a to b; Shoemake 1985. */
function along(a, b, t, sphere) {
    const angle = sphere ? Math.acos(Math.min(1, Math.max(-1, dot(a, b)))) : 0;
    const [from, to] = angle > 1e-6
        ? [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)] : [1 - t, t];
    return a.map((value, i) => from * value + to * b[i]);
}

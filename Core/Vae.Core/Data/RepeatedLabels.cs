namespace Vae;

/// <summary>Orders of examples in which those with a label are repeated, so that no batch lacks them.</summary>
internal static class RepeatedLabels
{
    /// <summary>
    /// An order in which any consecutive places hold their share of labelled examples, up to one. [N] → [N]. The labelled examples come in
    /// the given order, again and again; the others as far as there are places. If more than the share have a label, it is the given order.
    /// </summary>
    /// <param name="order">An order of all examples.</param>
    /// <param name="isLabelled">Whether an example has a label, [N]; at least one has.</param>
    /// <param name="share">The part of the places with labelled examples; in [0, 1).</param>
    public static ReadOnlyMemory<int> Order(ReadOnlyMemory<int> order, ReadOnlySpan<bool> isLabelled, double share)
    {
        var labelled = new List<int>();
        var others = new List<int>();
        foreach (var example in order.Span)
            (isLabelled[example] ? labelled : others).Add(example);
        if (share * order.Length <= labelled.Count)
            return order;
        var mixed = new int[order.Length];
        for (var (at, taken) = (0, 0); at < mixed.Length; at++)
        {
            var due = (int)(share * (at + 1));
            mixed[at] = due > taken ? labelled[taken % labelled.Count] : others[at - taken];
            taken = due;
        }
        return mixed;
    }
}

namespace Vae.Torch;

/// <summary>The group of a run in one process, whose calls copy at most.</summary>
internal sealed unsafe class SingleRank : RankGroup
{
    public override int Rank => 0;

    public override int Count => 1;

    public override string Name => "one process";

    public override void Abort(int code) { }

    public override void Dispose() { }

    private protected override void MoveToAll(nint from, nint into, int each) => Copy(from, into, each);

    private protected override void MoveGathered(nint from, nint into, int each) => Copy(from, into, each);

    private protected override void MoveFromFirst(nint bytes, int length) { }

    private static void Copy(nint from, nint into, int length) => Buffer.MemoryCopy((void*)from, (void*)into, length, length);
}

using System.Runtime.CompilerServices;

namespace Vae.Torch;

/// <summary>
/// Threads that share the parts of a kernel with the thread that runs it. They wait for work without sleeping for some microseconds, since
/// the kernels of a step follow each other closely, then sleep. A thread that comes too late finds nothing left, and nobody waits for it.
/// </summary>
internal static unsafe class KernelThreads
{
    // About 20 µs.
    private const int Patience = 400;

    private const int CacheLine = 64;

    private static readonly Lock Gate = new();
    private static readonly ManualResetEventSlim Work = new(false, spinCount: 0);

    private static StepKernel? kernel;
    private static nint[] operands = [];
    private static int phase, count, next, active, sleeping, started;
    private static volatile bool isOpen;

    [ThreadStatic]
    private static float[]? room;

    /// <summary>Scratch of this thread for a number of values or more, at the beginning of a cache line.</summary>
    public static float* Room(int values)
    {
        if (room is null || room.Length < values + CacheLine / sizeof(float))
            room = GC.AllocateUninitializedArray<float>(values + CacheLine / sizeof(float), pinned: true);
        return (float*)(((nint)Unsafe.AsPointer(ref room[0]) + CacheLine - 1) & -CacheLine);
    }

    /// <summary>Runs a kernel on a number of threads, this one included.</summary>
    public static void Run(StepKernel run, nint[] at, int threads)
    {
        for (var step = 0; step < run.Phases; step++)
            // Another step may run in the same process: then this one has a single thread.
            if (threads > 1 && run.Parts(step) > 1 && Gate.TryEnter())
                Shared(run, at, step, threads);
            else
                for (var part = 0; part < run.Parts(step); part++)
                    run.Compute(step, part, at);
    }

    private static void Shared(StepKernel run, nint[] at, int step, int threads)
    {
        try
        {
            Start(threads - 1);
            (kernel, operands, phase, count, next) = (run, at, step, run.Parts(step), 0);
            isOpen = true;
            // A thread that is about to sleep counts itself before it looks again.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref sleeping) > 0)
                Work.Set();
            Take();
            isOpen = false;
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref active) > 0)
                Thread.SpinWait(1);
        }
        finally
        {
            Gate.Exit();
        }
    }

    private static void Take()
    {
        for (int part; (part = Interlocked.Increment(ref next) - 1) < count;)
            kernel!.Compute(phase, part, operands);
    }

    private static void Start(int threads)
    {
        for (; started < threads; started++)
            new Thread(Serve) { IsBackground = true, Name = "kernels" }.Start();
    }

    private static void Serve()
    {
        using var flushed = new FlushedDenormals(onlyThisThread: true);
        while (true)
        {
            for (var waited = 0; !isOpen && waited < Patience; waited++)
                Thread.SpinWait(10);
            if (!isOpen)
                Sleep();
            // Between this and the next line the work may have ended, or other work begun: either is seen there.
            Interlocked.Increment(ref active);
            if (isOpen)
                Take();
            Interlocked.Decrement(ref active);
        }
    }

    private static void Sleep()
    {
        Interlocked.Increment(ref sleeping);
        if (!isOpen)
            Work.Wait();
        // May take a signal from another thread that sleeps; it sleeps on until the next.
        Work.Reset();
        Interlocked.Decrement(ref sleeping);
    }
}

using System.Runtime.CompilerServices;

namespace Vae.Torch;

/// <summary>
/// Threads that share the parts of a kernel with the thread that runs it. They wait for work without sleeping for some microseconds, since
/// the kernels of a step follow each other closely, then sleep. A thread that comes too late finds nothing left. Denormals are flushed in
/// them, as the caller must do where the bits matter.
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
    private static int phase, count, next, active, sleeping, started, wanted;
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
            (kernel, operands, phase, count, next, wanted) = (run, at, step, run.Parts(step), 0, threads - 1);
            isOpen = true;
            // A thread that is about to sleep counts itself before it looks again.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref sleeping) > 0)
                Work.Set();
            Take();
        }
        finally
        {
            isOpen = false;
            Interlocked.MemoryBarrier();
            for (var waited = 0; Volatile.Read(ref active) > 0; waited++)
                if (waited < Patience)
                    Thread.SpinWait(1);
                else
                    Thread.Yield();
            Gate.Exit();
        }
    }

    private static void Take()
    {
        for (int part; (uint)(part = Interlocked.Increment(ref next) - 1) < (uint)count;)
            kernel!.Compute(phase, part, operands);
    }

    private static void Start(int threads)
    {
        for (; started < threads; started++)
        {
            var number = started;
            new Thread(() => Serve(number)) { IsBackground = true, Name = "kernels" }.Start();
        }
    }

    // An earlier run may have wanted more threads than this one.
    private static bool HasWork(int number) => isOpen && number < Volatile.Read(ref wanted);

    private static void Serve(int number)
    {
        using var flushed = new FlushedDenormals(onlyThisThread: true);
        while (true)
        {
            for (var waited = 0; !HasWork(number) && waited < Patience; waited++)
                Thread.SpinWait(10);
            if (!HasWork(number))
                Sleep(number);
            // Between this and the next line the work may have ended, or other work begun: either is seen there.
            Interlocked.Increment(ref active);
            if (HasWork(number))
                Take();
            Interlocked.Decrement(ref active);
        }
    }

    private static void Sleep(int number)
    {
        Interlocked.Increment(ref sleeping);
        if (!HasWork(number))
            Work.Wait();
        // May take a signal from another thread that sleeps; it sleeps on until the next.
        Work.Reset();
        Interlocked.Decrement(ref sleeping);
    }
}

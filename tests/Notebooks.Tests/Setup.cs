// Each of these tests takes all the threads of the machine for a while.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

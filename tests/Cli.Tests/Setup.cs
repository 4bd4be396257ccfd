// Torch's threads are the machine's: tests side by side would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

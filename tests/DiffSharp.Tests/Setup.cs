// DiffSharp's defaults, generator and nesting level belong to the process.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly, DisableTestParallelization = true)]

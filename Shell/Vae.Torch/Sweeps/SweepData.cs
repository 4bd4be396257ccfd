namespace Vae.Torch;

/// <summary>The data of a sweep's runs. Runs that differ only in the model share them; one data set is held at a time.</summary>
internal sealed class SweepData(Func<Experiment, DataSplit> load)
{
    private DataSpec? spec;
    private ulong seed;
    private DataSplit? split;

    /// <summary>The data of an experiment.</summary>
    public DataSplit Load(Experiment experiment)
    {
        if (split is null || spec != experiment.Data || seed != experiment.Train.Seed)
            (spec, seed, split) = (experiment.Data, experiment.Train.Seed, load(experiment));
        return split;
    }
}

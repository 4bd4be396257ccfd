namespace Vae.Torch;

/// <summary>Pictures of tables and of the rows that a model makes of them.</summary>
public static class TablePictures
{
    private const int MaxRows = 2000, MaxColumns = 30;

    /// <summary>Draws the distribution of each column, the first 30, in real and in synthetic rows.</summary>
    /// <param name="report">The comparison.</param>
    public static Picture Marginals(TableReport report) => MarginalPlots.Draw(ValueList.From(report.Columns.Take(MaxColumns)));

    /// <summary>Draws the associations of real and of synthetic rows, and their difference.</summary>
    /// <param name="report">The comparison.</param>
    public static Picture Associations(TableReport report) => HeatMaps.Draw(report.Associations);

    /// <summary>Draws the quantiles of the distances to the closest training row, of synthetic and of held-out rows.</summary>
    /// <param name="distances">The distances.</param>
    public static Picture Closest(RecordDistances distances) => Pictures.Lines(
        new PlotTitles("Distance to the closest training row", "mean difference of a cell, in [0, 1]", "fraction of rows"),
        [.. distances.Levels], [.. distances.Synthetic, .. distances.HeldOut], ["synthetic rows", "held-out rows"]);

    /// <summary>
    /// Draws the codes of rows, the first 2,000, in the plane of their largest variance, coloured by each column that the model sees.
    /// </summary>
    /// <param name="model">A model of a table, with a latent.</param>
    /// <param name="data">The rows; at least one.</param>
    /// <exception cref="VaeException">The data are no table or do not fit the model, or the model has no latent.</exception>
    public static Picture Codes(VaeModel model, Dataset data)
    {
        VaeException.Require(data.Schema.IsTable && data.Count > 0, data.Name, "must be a table of at least one row",
            data.Schema.IsTable ? "none" : "other data");
        VaeException.Require(model.Spec.Latent > 0, "model.latent", "must be at least 1 to show codes", model.Spec.Latent);
        var some = data.Count <= MaxRows ? data : data.Take([.. Enumerable.Range(0, MaxRows)]);
        var plane = PrincipalComponents.Project(new Evaluator(model, some, Binarizations.None).Encode().Means);
        return ColumnScatters.Draw(plane, ValueList.From(TableStudies.Cells(some).Take(MaxColumns)));
    }
}

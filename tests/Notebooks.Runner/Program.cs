using Vae.Notebooks;

return args switch
{
    ["update", .. var names] => Update(names),
    ["check", .. var names] => Check(names),
    ["scripts", .. var names] => Scripts(names),
    _ => Usage(),
};

static int Update(string[] names)
{
    var failed = 0;
    using var feed = Feed.OfThisBuild();
    foreach (var notebook in Checks.Chosen(names))
    {
        var problems = Checks.Update(notebook, feed);
        Report(notebook, problems, "executed, its outputs and its paired script written");
        failed += problems.Count;
    }
    return failed > 0 ? 1 : 0;
}

static int Check(string[] names)
{
    var failed = 0;
    using var feed = Feed.OfThisBuild();
    foreach (var notebook in Checks.Chosen(names))
    {
        var problems = Checks.Problems(notebook, feed);
        Report(notebook, problems, "as it is stored");
        failed += problems.Count;
    }
    return failed > 0 ? 1 : 0;
}

static int Scripts(string[] names)
{
    foreach (var notebook in Checks.Chosen(names))
        File.WriteAllText(PairedScripts.PathOf(notebook), PairedScripts.Write(notebook));
    return 0;
}

static void Report(Notebook notebook, IReadOnlyList<string> problems, string well)
{
    Console.WriteLine($"{notebook.Name}: {(problems.Count == 0 ? well : $"{problems.Count} problems")}");
    foreach (var problem in problems)
        Console.WriteLine($"  {problem}");
}

static int Usage()
{
    Console.Error.WriteLine(
        "update [NAME …]   executes notebooks and rewrites their outputs and paired scripts\ncheck [NAME …]    executes notebooks and compares\n"
        + "scripts [NAME …]  rewrites paired scripts");
    return 2;
}

using Vae.Notebooks;

return args switch
{
    ["execute", var notebook, var result] => Execute(notebook, result),
    ["update", .. var names] => Update(names),
    ["check", .. var names] => Check(names),
    _ => Usage(),
};

static int Execute(string notebook, string result)
{
    File.WriteAllText(result, Execution.Here(Notebook.Read(notebook)).ToJsonString());
    return 0;
}

static int Update(string[] names)
{
    var failed = 0;
    foreach (var notebook in Checks.Chosen(names))
    {
        var problems = Checks.Update(notebook);
        Report(notebook, problems, "executed, its outputs and its paired script written");
        failed += problems.Count;
    }
    return failed > 0 ? 1 : 0;
}

static int Check(string[] names)
{
    var failed = 0;
    foreach (var notebook in Checks.Chosen(names))
    {
        var problems = Checks.Problems(notebook);
        Report(notebook, problems, "as it is stored");
        failed += problems.Count;
    }
    return failed > 0 ? 1 : 0;
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
        "update [NAME …]   executes notebooks and rewrites their outputs and paired scripts\ncheck [NAME …]    executes notebooks and compares");
    return 2;
}

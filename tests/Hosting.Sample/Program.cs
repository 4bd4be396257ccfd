using Vae.Hosting.Sample;

// The folder of a run that was trained on a table, as by: vae train people.csv --out runs/people
if (args is not [var run, .. var rest])
{
    Console.Error.WriteLine("run: must be the folder of a run, as in dotnet run -- runs/people --urls http://localhost:5000, got none");
    return 2;
}
await SampleService.Create(run, rest).RunAsync();
return 0;

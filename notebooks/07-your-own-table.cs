// 07-your-own-table.ipynb as a program: dotnet run 07-your-own-table.cs
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#:package Vae.Pictures@0.2.*-*
#:package Vae.Torch@0.2.*-*
#:package TorchSharp-cpu@0.107.0
#:property UseCurrentRuntimeIdentifier=true
#:property SelfContained=false
#:property PublishAot=false

using System.Globalization;
using System.IO;
using Vae;
using Vae.Torch;

// # Your own table
//
// From a CSV file to codes, imputed cells, synthetic rows and anomaly scores. Everything below follows from the name of the file, so put the
// path of your table there. Where there is no such file, the notebook writes one of 1,500 flats, so that there is something to read.

var table = "flats.csv";

// The rows of the example depend on each other in a known way: the rent is 150 plus 6 to 13 per square metre by district and condition, up to
// 5% more or less; the rooms follow from the area; and one cell of twelve is empty. The last flat is planted: each of its cells is ordinary, but
// nobody rents 130 m² in the centre for 700.

string Flat(Random random, int i)
{
    string[] districts = ["centre", "harbour", "hills"], conditions = ["poor", "fair", "good"];
    var (district, condition, area) = (random.Next(3), random.Next(3), 25 + 110 * random.NextDouble());
    var rent = 150 + (10 - 2 * district + 1.5 * condition) * area * (0.95 + 0.1 * random.NextDouble());
    string[] cells = [$"flat {i}", Text(area), $"{Math.Max(1, Math.Round(area / 28)):F0}", districts[district], conditions[condition], Text(rent)];
    return string.Join(',', cells.Select((cell, column) => column > 0 && random.Next(12) == 0 ? "" : cell));
}

string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

if (!File.Exists(table))
{
    var random = new Random(1);
    var flats = Enumerable.Range(1, 1499).Select(i => Flat(random, i)).Append("flat 1500,130.0,5,centre,good,700.0");
    File.WriteAllLines(table, flats.Prepend("name,area,rooms,district,condition,rent"));
}

// ## What the columns hold
//
// The kinds are inferred from the cells alone. Names that differ in every row are set aside. What is not understood as you mean it can be
// corrected: `Infer` takes choices such as `SpecText.Columns("rooms=continuous")`, as the option `--columns` of `vae train` does.

var understood = TableFile.Open(table).Infer();
foreach (var column in understood.Columns)
    Console.WriteLine($"{column.Name,-10} {column.Kind,-12} {column.Missing,4} missing   {column.Range} {column.Note}");

var schema = understood.Schema;
var data = DataSources.Load(table, new(Validation: 0.1, RawValues: true, Masked: true, Schema: schema));
Displays.Show(data, "07-your-own-table-data");

// ## A model of the table
//
// Each column gets the distribution of its kind: a normal for numbers, which are standardized, and classes for words. The sizes of the networks
// and the length of the training follow from the table.

var recipe = TableRecipe.For(schema.Width, data.Train.Count);
var model = Zoo.Mlp(data.Train.Shape, recipe.Latent, recipe.Hidden).With(likelihood: Likelihoods.OfTable(schema, isMasked: true));
var plan = TrainRecipes.Default(model, table, epochs: 60);
var experiment = plan.With(
    data: plan.Data.With(validation: 0.1, rawValues: true, masked: true, schema: schema), train: plan.Train.With(batch: recipe.Batch));
var trained = Trainer.Train(experiment, data, progress: null, stop: default);
Console.WriteLine($"test -ELBO: {trained.Result.Test.NegElbo:F1} nats per row");

// ## Rows as arrays
//
// `TableReader` reads rows by the names of their columns, here all of the file, and `TableRows.Decode` writes numbers in the units and words of
// the file again. The model itself sees arrays.

var all = TableFile.Open(table).Read(schema, isMasked: true);
var lines = File.ReadAllLines(table);
var rows = new float[all.Count, schema.Width];
for (var i = 0; i < all.Count; i++)
{
    var row = new float[schema.Width];
    all.Pixels.CopyTo((long)i * schema.Width, row);
    for (var j = 0; j < row.Length; j++)
        rows[i, j] = row[j];
}

IEnumerable<double> Row(float[,] of, int i) => Enumerable.Range(0, schema.Width).Select(j => (double)of[i, j]);
ValueList<string> Words(float[,] of, int i) => TableRows.Decode(schema, Row(of, i).ToArray());
Console.WriteLine($"{all.Count} rows of {string.Join(", ", schema.Modelled.Select(column => column.Name))}");

// ## Empty cells
//
// An imputed number is the mean given the other cells, by draws of the posterior that are weighted by importance. Here are flats that lack
// only their rent:

var lacking = Enumerable.Range(0, all.Count)
    .Where(i => lines[1 + i].EndsWith(',') && Row(rows, i).Count(double.IsNaN) == 1).Take(3).ToArray();
var some = new float[lacking.Length, schema.Width];
for (var i = 0; i < lacking.Length; i++)
    for (var j = 0; j < schema.Width; j++)
        some[i, j] = rows[lacking[i], j];
var filled = trained.Model.Impute(some, samples: 500);
for (var i = 0; i < lacking.Length; i++)
    Console.WriteLine($"{lines[1 + lacking[i]]} imputed: {Words(filled, i).Last()}");

// ## Synthetic rows
//
// Codes from the prior, decoded and drawn: rooms are whole numbers, districts are those of the file, and rents are those of their districts.

var drawn = trained.Model.DrawRows(2000, seed: 2);
var synthetic = Enumerable.Range(0, 2000).Select(i => Words(drawn, i)).ToList();
foreach (var district in synthetic.GroupBy(row => row[2]).OrderBy(group => group.Key))
    Console.WriteLine($"{district.Key,-8} {district.Count() / 2000.0,5:F2} of the rows, mean rent "
        + $"{district.Average(row => double.Parse(row[4], CultureInfo.InvariantCulture)),7:F1}");

// How near is each column to that of real rows? `vae train` puts this picture, and more comparisons, into the report of a run.

var report = TableStudies.Report(trained.Model, data);
Displays.Show(TablePictures.Marginals(report), "07-your-own-table-marginals");

// ## Anomalies
//
// A row that the model finds improbable has a high $-\log p(x)$. The columns share in it: the largest share says what is odd.

var scores = trained.Model.Score(rows);
var oddest = Enumerable.Range(0, all.Count).MaxBy(i => scores.NegLogLikelihood[i]);
Console.WriteLine($"{lines[1 + oddest]} has {scores.NegLogLikelihood[oddest]:F1} nats; the median has "
    + $"{scores.NegLogLikelihood.Order().ElementAt(all.Count / 2):F1}");
var share = Enumerable.Range(0, schema.Width).MaxBy(j => scores.Shares[oddest, j]);
Console.WriteLine($"the largest share is that of {schema.Modelled[share].Name}");

// ## Codes
//
// Rows with similar cells have similar codes. How different are the areas of flats whose codes are nearest to each other?

var codes = trained.Model.Codes(rows);
double Distance(int i, int k) => Enumerable.Range(0, codes.GetLength(1)).Sum(d => Math.Pow(codes[i, d] - codes[k, d], 2));
double Area(int i) => double.Parse(lines[1 + i].Split(',')[1], CultureInfo.InvariantCulture);
var known = Enumerable.Range(0, 400).Where(i => !float.IsNaN(rows[i, 0])).ToArray();
double Difference(Func<int, int> other) => known.Average(i => Math.Abs(Area(i) - Area(other(i))));
Console.WriteLine($"nearest codes: {Difference(i => known.Where(k => k != i).MinBy(k => Distance(i, k))):F1} m²");
Console.WriteLine($"any two flats: {Difference(i => known[(Array.IndexOf(known, i) + 1) % known.Length]):F1} m²");

// The two directions in which the codes of the test rows differ most, coloured by each column:

Displays.Show(TablePictures.Codes(trained.Model, data.Test), "07-your-own-table-scatter");

// ## The same from the command line
//
// ```bash
// vae train flats.csv -o runs/flats
// vae encode runs/flats --data flats.csv --out codes.csv
// vae impute runs/flats --data flats.csv --out filled.csv
// vae sample runs/flats --count 1000 --out synthetic.csv
// vae anomaly runs/flats --data flats.csv --threshold 0.01 --explain --out scores.csv
// ```

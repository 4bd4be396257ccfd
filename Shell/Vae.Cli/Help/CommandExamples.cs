namespace Vae.Cli;

/// <summary>A command line and what it does.</summary>
internal sealed record CommandExample(string Line, string Summary);

/// <summary>Examples of each command, the most common first.</summary>
internal static class CommandExamples
{
    private static readonly Dictionary<string, CommandExample[]> All = new()
    {
        ["vae"] = [
            new("vae train", "Train a VAE on the embedded digits."),
            new("vae sweep --beta 1,2,4 --latent 2,10", "Train six models and compare them."),
            new("vae sample runs/NAME", "Draw from a trained model.")],
        ["train"] = [
            new("vae train", "Train an MLP on the embedded digits for 10 epochs."),
            new("vae train -d mnist -m conv -e 20 -o runs/conv", "Train a convolutional model on MNIST, which is downloaded once."),
            new("vae train -d pictures/ --image-size 64", "Train on a folder of images, each resized to 64×64."),
            new("vae train --binarize stochastic --objective iwae:50",
                "Binarize dynamically and train the importance-weighted bound with 50 samples."),
            new("vae train -d mnist -m conv --shards 4",
                "Divide every batch into 4 parts; started by mpirun -n 4, as many processes share them, with the same result."),
            new("vae train --resume runs/NAME --epochs 30", "Continue a run, finished or interrupted, until epoch 30."),
            new("vae train --beta linear:0:4:5 --validation 0.1 --patience 3",
                "Anneal the KL weight from 0 to 4 over 5 epochs; stop when the validation bound has not improved for 3."),
            new("vae train --lr restarts:4e-3:0:2:2 --clip 200 --skip 400",
                "Warm restarts, each twice as long; clip gradients to norm 200 and skip steps beyond 400."),
            new("vae train --patience 3 --reduce 0.3:2",
                "Reduce the learning rate up to twice when the validation bound stalls, then stop."),
            new("vae train --likelihood normal:optimal", "Normal likelihood with the optimal shared variance."),
            new("vae train -d cells.npy --likelihood zero-inflated:library", "Counts, with rates as shares of each example's total."),
            new("vae train log.csv --window 64 --stride 8 --time hour --group machine --model conv1d",
                "Windows of 64 rows of a log in time; vae anomaly with --data then scores each row."),
            new("vae train -d table.csv --likelihood masked:columns:continuous*3,binary,categorical-4,count",
                "A table of mixed columns with missing values."),
            new("vae train --objective beta-tc:6", "β-TCVAE."),
            new("vae train --posterior point", "A plain autoencoder with the same networks."),
            new("vae train --posterior point --objective wae", "A Wasserstein autoencoder."),
            new("vae train --prior vamp:500", "A VampPrior with 500 pseudo-inputs."),
            new("vae train --posterior flow:iaf:4 --prior flow:maf:4", "Autoregressive flows in the posterior and in the prior."),
            new("vae train --posterior vq:64:16 --latent 64 --prior autoregressive",
                "Vector quantization with an autoregressive prior over codebook indices."),
            new("vae train --model ladder", "Several stochastic layers; --prior is then that of the top one."),
            new("vae train --model ladder --objective free-bits:0.25 --beta linear:0:1:5",
                "Free bits and a long KL warm-up, with which the upper stochastic layers are used."),
            new("vae train --condition label --prior conditional --latent 10",
                "A conditional model q(z|x, c), p(x|z, c) with a learned prior p(z|c)."),
            new("vae train --condition label --objective m2:100", "Semi-supervised learning with 100 labelled examples."),
            new("vae train --model quadrants --condition quadrants:1 --binarize threshold", "Complete an image from one of its quadrants."),
            new("vae train -d sprites --condition labels:3:6:40:32:32",
                "Condition on the five known factors of the sprites: shape, scale, orientation, x and y."),
            new("vae train -d mnist --exclude 3 8", "Leave two classes out of the data."),
            new("vae train --device cuda --precision tf32", "Train on an NVIDIA GPU with TensorFloat-32 matrix products."),
            new("vae train --tensorboard", "Also log loss terms and samples for TensorBoard.")],
        ["sweep"] = [
            new("vae sweep --beta 1,2,4 --latent 2,10 --seeds 3",
                "Train 18 runs and compare them; the same line resumes an interrupted sweep."),
            new("vae sweep --objective elbo,iwae:5,iwae:50 --binarize stochastic", "Compare objectives."),
            new("vae sweep --seeds 20 --part 2/4",
                "Train the second quarter of the runs; in a Slurm array job the part is that of the task."),
            new("vae sweep --search random:20 --lr 1e-4..1e-2:log --latent 2..64",
                "Draw 20 runs; further processes with the same line work beside it on the same folder."),
            new("vae sweep --search halving:27:3:1 --epochs 27 --lr 1e-4..1e-2:log --beta 0.5..4 --validation 0.1",
                "Train 27 runs for 1 epoch, the best 9 for 3, the best 3 for 9 and the best for 27.")],
        ["evaluate"] = [
            new("vae evaluate runs/NAME --importance-samples 5000",
                "−ELBO and its terms, the importance-weighted bound with 5000 samples, active units."),
            new("vae evaluate runs/NAME --best", "Evaluate the weights of the best validation epoch."),
            new("vae evaluate runs/NAME --metrics information,ais,samples",
                "Mutual information; log p(x) by annealed importance sampling; precision, recall, density and coverage of samples."),
            new("vae evaluate runs/NAME --metrics gaps --ais-examples 20",
                "The part of -ELBO that better posteriors would save: of amortization, and of the family."),
            new("vae evaluate runs/NAME --metrics disentanglement",
                "MIG, SAP, DCI, modularity, IRS and the scores of FactorVAE and β-VAE, for data with known factors."),
            new("vae evaluate runs/NAME --metrics samples --sampler mixture:10", "Measure samples from a mixture fitted to the codes.")],
        ["encode"] = [
            new("vae encode runs/NAME --data new.csv -o codes.csv", "A code for each row of a file, read as the run reads its own data."),
            new("vae encode runs/NAME --sigma -o codes.npy", "Posterior means and standard deviations of the test examples, for NumPy.")],
        ["classify"] = [
            new("vae classify runs/NAME", "The likeliest class of each test example of a run trained with --objective m2:LABELS, and the error."),
            new("vae classify runs/NAME --data new.csv -o classes.csv", "Classify the rows of a file, which need no labels.")],
        ["sample"] = [
            new("vae sample runs/NAME -n 100 -o samples.png", "Draw 100 samples from the prior."),
            new("vae sample runs/NAME -n 10000 -o synthetic.csv", "Draw rows of a table in its columns, units and words."),
            new("vae sample runs/NAME -n 500 --given species=Gentoo -o some.csv", "Draw rows that meet conditions on their cells."),
            new("vae sample runs/NAME --label 3", "Draw one class, from a conditional model."),
            new("vae sample runs/NAME --sampler two-stage",
                "Draw from a second autoencoder fitted to the codes, which works for plain autoencoders too.")],
        ["reconstruct"] = [
            new("vae reconstruct runs/NAME", "Originals above reconstructions."),
            new("vae reconstruct runs/NAME --data new.csv -o file.csv", "Reconstructed rows of a file, in its columns, units and words.")],
        ["picture"] = [
            new("vae picture runs/NAME traversals", "What each latent dimension changes."),
            new("vae picture runs/NAME layers", "What the top stochastic layers decide, of a model that has several."),
            new("vae picture runs/NAME interpolation --from 3 --to 8", "The path from one test image to another.")],
        ["explore"] = [
            new("vae explore runs/NAME", "Write explore.html: sliders, a map of the codes, and the decoder, in one file for any browser."),
            new("vae explore runs/NAME -n 100 -o page.html", "The same with 100 examples, as a file to send.")],
        ["compare"] = [
            new("vae compare runs/A runs/B", "Compare trained runs."),
            new("vae compare --ae-vae -d mnist --latent 2",
                "Train an autoencoder and a VAE five times each and compare their latent spaces and samples.")],
        ["neighbours"] = [new("vae neighbours runs/NAME --index 4", "The test examples nearest to the fifth one in latent space.")],
        ["attributes"] = [new("vae attributes runs/NAME --add 3 --subtract 8", "Move test examples of class 8 towards class 3.")],
        ["impute"] = [
            new("vae impute runs/NAME --data holes.csv -o filled.csv", "Fill the empty cells of a table; all others stay as they are."),
            new("vae impute runs/NAME --mask columns:species", "Hide a column of the test rows and report how often it is right."),
            new("vae impute runs/NAME --mask random:0.5", "Hide half of the pixels and fill them in."),
            new("vae impute runs/NAME --mask quadrants:1 --method metropolis",
                "Fill in all but one quadrant, with Metropolis-corrected draws.")],
        ["anomaly"] = [
            new("vae anomaly runs/NAME", "−ELBO and the importance-weighted −log p(x) of each test example, the most anomalous first."),
            new("vae anomaly runs/NAME --data new.csv --threshold 0.01 --explain -o scores.csv",
                "Score all rows of a file, flag those above the threshold of 1% false alarms, and give each column's share."),
            new("vae anomaly runs/NAME --data fashion-mnist", "Compare the scores of other data with those of the run's test set."),
            new("vae anomaly --leave-one-class-out", "Train without each class in turn and report areas under the ROC curve.")],
        ["card"] = [
            new("vae card runs/NAME --license mit", "Write README.md, with which the folder is a repository for a model hub.")],
        ["compress"] = [
            new("vae compress runs/bits -o test.vae",
                "Compress the test examples, by a model of discrete data (trained with --binarize stochastic --likelihood bernoulli).")],
        ["decompress"] = [new("vae decompress runs/bits test.vae -o test.npy", "Restore them.")],
        ["export"] = [
            new("vae export runs/NAME --onnx -o web", "Write encoder.onnx, decoder.onnx and scorer.onnx, which run without libtorch.")],
        ["doctor"] = [
            new("vae doctor runs/NAME", "Find collapsed latents and other common problems of a run."),
            new("vae doctor runs/NAME --starts", "Also compare initializations by a short training."),
            new("vae doctor", "Describe this machine, and which matmul backend is faster on it.")],
        ["claim"] = [
            new("vae claim", "List the published metrics that can be reproduced."),
            new("vae claim --all --budget 30m",
                "Reproduce those that fit into half an hour, one on each core of the CPU.")],
        ["data"] = [new("vae data fashion-mnist -o sheet.png", "Download, check and describe a data set, and draw some of it.")],
        ["spec"] = [
            new("vae spec conv --input 3x32x32", "Layers with inferred shapes and parameter counts."),
            new("vae spec mlp --json", "The model as JSON, to be edited and trained with --model FILE.json."),
            new("vae spec --schema", "The JSON Schema of model files, for editors."),
            new("vae spec mlp --program", "The compiled training step.")],
        ["plan"] = [
            new("vae plan conv --batch 1024 --threads 1", "What 1 to 64 processes would take on this machine's network."),
            new("vae plan conv --examples 1e9 --batch 65536 --max-ranks 1024 --network 2e-6:1e10",
                "A billion examples on up to 1024 processes, with 2 µs and 10 GB/s between them.")],
    };

    /// <summary>The examples of a command, by its name.</summary>
    public static IReadOnlyList<CommandExample> Find(string name) => All.GetValueOrDefault(name, []);
}

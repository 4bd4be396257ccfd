using Vae.Benchmarks;

return Commands.Run(args);

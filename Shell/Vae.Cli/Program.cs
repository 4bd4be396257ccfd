using Vae.Cli;

return await VaeCommand.Run(args, Console.Out, Console.Error);

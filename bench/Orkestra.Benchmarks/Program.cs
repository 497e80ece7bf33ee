using Orkestra.Benchmarks;
using Orkestra.Benchmarks.Lambda;

// What is measured: `jsonata` or `lambda`. Prints a line of JSON for each row.
switch (args.FirstOrDefault())
{
    case "jsonata":
        JsonataBenchmarks.Run(args.Skip(1).FirstOrDefault() ?? "");
        return 0;
    case "lambda":
        return await LambdaBenchmarks.RunAsync(int.TryParse(args.ElementAtOrDefault(1), out var starts) ? starts : 20);
    default:
        Console.Error.WriteLine("Usage: Orkestra.Benchmarks jsonata [PART-OF-A-ROW-NAME] | lambda [STARTS]. The workloads are found in $ORKESTRA_BENCHMARKS, else beside the repository.");
        return 2;
}

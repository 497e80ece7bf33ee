using Orkestra.Benchmarks;
using Orkestra.Benchmarks.Lambda;

// What is measured: `asl`, `jsonata` or `lambda`. Prints a line of JSON for each row.
switch (args.FirstOrDefault())
{
    case "asl":
        await AslBenchmarks.RunAsync(args[1..]);
        return 0;
    case "jsonata":
        JsonataBenchmarks.Run(args.Skip(1).FirstOrDefault() ?? "");
        return 0;
    case "lambda":
        return await LambdaBenchmarks.RunAsync(int.TryParse(args.ElementAtOrDefault(1), out var starts) ? starts : 20);
    default:
        Console.Error.WriteLine(
            "Usage: Orkestra.Benchmarks asl [W1 …] | jsonata [PART-OF-A-ROW-NAME] | lambda [STARTS]. The workloads are found in $ORKESTRA_BENCHMARKS, else beside the repository.");
        return 2;
}

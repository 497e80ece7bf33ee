using Orkestra.Benchmarks;

// What is measured: `jsonata`. Prints a line of JSON for each row.
switch (args.FirstOrDefault())
{
    case "jsonata":
        JsonataBenchmarks.Run(args.Skip(1).FirstOrDefault() ?? "");
        return 0;
    default:
        Console.Error.WriteLine("Usage: Orkestra.Benchmarks jsonata [PART-OF-A-ROW-NAME]. The workloads are found in $ORKESTRA_BENCHMARKS, else beside the repository.");
        return 2;
}

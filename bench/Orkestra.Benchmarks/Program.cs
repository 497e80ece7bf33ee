using Orkestra.Benchmarks;
using Orkestra.Benchmarks.Durable;
using Orkestra.Benchmarks.Http;
using Orkestra.Benchmarks.Items;
using Orkestra.Benchmarks.Lambda;
using Orkestra.Benchmarks.Parts;
using Orkestra.Benchmarks.Start;

// What is measured. Prints a line of JSON for each row; `parts` prints BenchmarkDotNet's tables.
switch (args.FirstOrDefault())
{
    case "asl":
        await AslBenchmarks.RunAsync(args[1..]);
        return 0;
    case "jsonata":
        JsonataBenchmarks.Run(args[1..]);
        return 0;
    case "lambda" when args.ElementAtOrDefault(1) == "clients":
        return await RuntimeClientBenchmarks.RunAsync(int.TryParse(args.ElementAtOrDefault(2), out var rounds) ? rounds : 20);
    case "lambda" when args.ElementAtOrDefault(1) == "forms":
        return await FormBenchmarks.RunAsync(int.TryParse(args.ElementAtOrDefault(2), out var turns) ? turns : 20);
    case "lambda":
        return await LambdaBenchmarks.RunAsync(int.TryParse(args.ElementAtOrDefault(1), out var starts) ? starts : 20);
    case "start":
        return await StartBenchmarks.RunAsync(args[1..]);
    case "parts":
        PartBenchmarks.Run(args[1..]);
        return 0;
    case "linear":
        await LinearBenchmarks.RunAsync(args.ElementAtOrDefault(1) ?? "");
        return 0;
    case "memory":
        await MemoryBenchmarks.RunAsync();
        return 0;
    case "items":
        await ItemBenchmarks.RunAsync();
        return 0;
    case "durable":
        await DurableBenchmarks.RunAsync(args[1..]);
        return 0;
    case "http":
        await HttpBenchmarks.RunAsync(args[1..]);
        return 0;
    default:
        Console.Error.WriteLine(
            "Usage: Orkestra.Benchmarks asl [--peer FOLDER] [W1 …] | jsonata [--peer FOLDER] [PART-OF-A-ROW-NAME] | lambda [clients | forms] [STARTS] | start [STARTS] [W1] | parts [PART-OF-A-NAME …] | linear [PART-OF-A-ROW-NAME] | memory | items | durable [--peer FOLDER] [WAITING-EXECUTIONS] | http [SECONDS] [WAITING-EXECUTIONS] [TOOL]. "
            + "The workloads are found in $ORKESTRA_BENCHMARKS, else beside the repository; FOLDER is the one that run-peers.sh of the workloads was given: peers run too, and ratios are printed.");
        return 2;
}

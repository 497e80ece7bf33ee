using Orkestra.Lambda.Emulator;

namespace Orkestra.Benchmarks.Lambda;

/// <summary>
/// The client of the Runtime API in Orkestra.Lambda against SocketsHttpHandler, in the same executable and with the same loop: starts until the first answer and
/// warm calls, as Native AOT and as a JIT process, in turns.
/// </summary>
static class RuntimeClientBenchmarks
{
    static readonly string[] Clients = ["socket", "http-blocking", "http-async"];

    public static async Task<int> RunAsync(int starts)
    {
        if (PublishedFunction.NoNativeReason is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 2;
        }

        var native = await PublishedFunction.PublishAsync("bench/Orkestra.Benchmarks.RuntimeClients", native: true);
        var managed = await PublishedFunction.PublishAsync("bench/Orkestra.Benchmarks.RuntimeClients", native: false);
        FunctionCandidate[] candidates =
        [
            .. Clients.Select(client => new FunctionCandidate($"aot-{client}", native.Program, ("RUNTIME_CLIENT", client))),
            .. Clients.Select(client => new FunctionCandidate($"jit-{client}", managed.Program, ("RUNTIME_CLIENT", client))),
        ];
        for (var round = -1; round < starts; round++)
            foreach (var candidate in candidates)
                await candidate.MeasureAsync(keep: round >= 0);

        foreach (var candidate in candidates)
        {
            var own = candidates[candidate.Name.StartsWith("aot", StringComparison.Ordinal) ? 0 : Clients.Length];
            var row = candidate.Row("lambda-clients");
            row["firstAnswerOverSocket"] = Math.Round(candidate.FirstAnswerMs / own.FirstAnswerMs, 2);
            row["warmOverSocket"] = Math.Round(candidate.WarmUs / own.WarmUs, 2);
            LambdaBenchmarks.Print(row);
        }

        return 0;
    }
}

using Orkestra.Lambda.Emulator;

namespace Orkestra.Benchmarks.Lambda;

/// <summary>
/// Starts of a function whose workflow uses every form of the language, with expression trees throughout (a step of OrdersProcess), against one of a short chain (HelloOrkestra) and the bare loop, as
/// Native AOT and in turns: what a workflow composes must not be made when a function starts.
/// </summary>
static class FormBenchmarks
{
    const string Order = """{"id":"A-7","customer":"ann@example.com","delivery":{"$type":"parcel","address":"1 Main Street"},"lines":[{"item":"lamp","quantity":2}],"total":25}""";

    public static async Task<int> RunAsync(int starts)
    {
        if (PublishedFunction.NoNativeReason is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 2;
        }

        var bare = new FunctionCandidate("bare-aot", (await PublishedFunction.PublishAsync("bench/Orkestra.Benchmarks.BareLoop", native: true)).Program);
        var chain = new FunctionCandidate("chain-aot", (await PublishedFunction.PublishAsync("samples/HelloOrkestra", native: true)).Program);
        var forms = new FunctionCandidate("forms-aot", (await PublishedFunction.PublishAsync("samples/OrdersProcess", native: true)).Program) { Step = "Reserve", Payload = Order };
        FunctionCandidate[] candidates = [bare, chain, forms];
        for (var round = -1; round < starts; round++)
        {
            foreach (var candidate in candidates) await candidate.MeasureAsync(keep: round >= 0);
        }

        foreach (var candidate in candidates) LambdaBenchmarks.Print(candidate.Row("lambda-forms"));
        LambdaBenchmarks.Print(new()
        {
            ["bench"] = "lambda-forms-ratios",
            ["chainOverBare"] = Math.Round(chain.FirstAnswerMs / bare.FirstAnswerMs, 2),
            ["formsOverBare"] = Math.Round(forms.FirstAnswerMs / bare.FirstAnswerMs, 2),
            ["chainOverBareLeast"] = Math.Round(chain.LeastFirstAnswerMs / bare.LeastFirstAnswerMs, 2),
            ["formsOverBareLeast"] = Math.Round(forms.LeastFirstAnswerMs / bare.LeastFirstAnswerMs, 2),
        });
        return 0;
    }
}

namespace Orkestra.Comparison.Trying;

/// <summary>Makes every mistake and prints what noticed it.</summary>
internal static class MistakeTable
{
    public static async Task PrintAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-comparison-");
        var orkestra = new OrkestraTrial();
        var asl = await AslTrial.MakeAsync(Mistakes.All.Select(static mistake => mistake.Asl));
        var cdk = new CdkTrial(folder);
        foreach (var input in Inputs.All.Keys)
        {
            var expected = await orkestra.RightAsync(input);
            foreach (var other in (Ending[])[await asl.RightAsync(input), await cdk.RightAsync(input)])
            {
                if (!expected.IsLike(other)) throw new InvalidOperationException($"The three programs do not do the same with the {input} order.{Environment.NewLine}{expected}{Environment.NewLine}{other}");
            }
        }

        var rows = new List<(Mistake Mistake, Outcome Orkestra, Outcome Asl, Outcome Cdk)>();
        foreach (var mistake in Mistakes.All)
        {
            Console.Error.WriteLine($"{rows.Count + 1}. {mistake.Name}");
            rows.Add((mistake, await Try(orkestra.TryAsync, mistake.Orkestra, mistake.Input), await Try(asl.TryAsync, mistake.Asl, mistake.Input), await Try(cdk.TryAsync, mistake.Cdk, mistake.Input)));
        }

        folder.Delete(recursive: true);
        output.WriteLine("| # | Mistake | Orkestra | raw ASL | CDK C# | DurableExecution* | Temporal .NET* |");
        output.WriteLine("| ---: | --- | --- | --- | --- | --- | --- |");
        foreach (var (row, number) in rows.Select(static (row, index) => (row, index + 1)))
            output.WriteLine($"| {number} | {row.Mistake.Name} | {Word(row.Orkestra.Stage)} | {Word(row.Asl.Stage)} | {Word(row.Cdk.Stage)} | {Word(row.Mistake.Durable)} | {Word(row.Mistake.Temporal)} |");
        output.WriteLine($"| | **before anything is deployed** | {Early(rows.Select(static row => row.Orkestra.Stage))} | {Early(rows.Select(static row => row.Asl.Stage))} | {Early(rows.Select(static row => row.Cdk.Stage))} | {Early(rows.Select(static row => row.Mistake.Durable))} | {Early(rows.Select(static row => row.Mistake.Temporal))} |");
        output.WriteLine($"| | **never** | {Late(rows.Select(static row => row.Orkestra.Stage))} | {Late(rows.Select(static row => row.Asl.Stage))} | {Late(rows.Select(static row => row.Cdk.Stage))} | {Late(rows.Select(static row => row.Mistake.Durable))} | {Late(rows.Select(static row => row.Mistake.Temporal))} |");
        output.WriteLine();
        foreach (var (row, number) in rows.Select(static (row, index) => (row, index + 1)))
        {
            output.WriteLine($"{number}. {row.Mistake.Name}");
            output.WriteLine($"   - Orkestra: {Said(row.Orkestra)}");
            output.WriteLine($"   - raw ASL: {Said(row.Asl)}");
            output.WriteLine($"   - CDK C#: {Said(row.Cdk)}");
        }
    }

    static Task<Outcome> Try(Func<Attempt, string, Task<Outcome>> trial, Attempt attempt, string input) =>
        attempt.Known == Stage.Impossible ? Task.FromResult(new Outcome(Stage.Impossible, attempt.Reason!)) : trial(attempt, input);

    static int Early(IEnumerable<Stage> stages) => stages.Count(static stage => stage < Stage.Deployment);

    static int Late(IEnumerable<Stage> stages) => stages.Count(static stage => stage == Stage.Never);

    static string Said(Outcome outcome) => $"{Word(outcome.Stage)}: {outcome.Text.ReplaceLineEndings(" ")}";

    static string Word(Stage stage) => stage switch
    {
        Stage.Impossible => "cannot be made",
        Stage.Compiler => "compiler",
        Stage.Analyzer => "analyzer",
        Stage.Build => "build",
        Stage.Deployment => "deployment",
        Stage.Run => "run",
        _ => "never",
    };
}

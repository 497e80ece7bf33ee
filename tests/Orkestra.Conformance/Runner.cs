using System.Diagnostics;
using Orkestra.Conformance.Answers;
using Orkestra.Expressions.Data;

namespace Orkestra.Conformance;

/// <summary>Reads every case below a folder and writes an answer a line.</summary>
static class Runner
{
    static readonly Dictionary<string, IAnswerer> ByKind = Index([new DefinitionAnswers(), new ValidationAnswers(), new VariableReferenceAnswers(), new ExecutionAnswers(), new JsonPathAnswers(), new JsonataAnswers(), new TestStateAnswers(), new LogAnswers()]);

    internal static IAnswerer? AnswererOf(string kind) => ByKind.GetValueOrDefault(kind);

    internal static async Task<int> RunAsync(string data, string output, string only)
    {
        var clock = Stopwatch.StartNew();
        var count = 0;
        await using var writer = new StreamWriter(output);
        foreach (var corpusCase in Cases(data, only))
        {
            var line = new JsonObject.Builder().Set("file", corpusCase.File).Set("id", corpusCase.Id);
            if (AnswererOf(corpusCase.Kind) is { } answerer)
            {
                try
                {
                    line.Set("actual", await answerer.AnswerAsync(corpusCase));
                }
                catch (Exception problem) when (problem is not OutOfMemoryException)
                {
                    line.Set("skipped", $"{problem.GetType().Name}: {problem.Message}");
                    await Console.Error.WriteLineAsync($"{corpusCase.File} {corpusCase.Id}: {problem}");
                }
            }
            else
            {
                line.Set("skipped", $"no answers for the kind '{corpusCase.Kind}'");
            }

            await writer.WriteLineAsync(line.Build().ToJson());
            count++;
        }

        await Console.Error.WriteLineAsync($"{count} cases answered in {clock.Elapsed.TotalSeconds:F1} s");
        return 0;
    }

    internal static IEnumerable<string> Files(string data) =>
        Directory.EnumerateFiles(data, "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(data, path).Replace('\\', '/'))
            .Where(file => !file.EndsWith("datasets.json", StringComparison.Ordinal) && !file.StartsWith("spec/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    internal static IEnumerable<CorpusCase> Cases(string data, string only)
    {
        foreach (var file in Files(data).Where(file => file.Contains(only, StringComparison.Ordinal)))
        {
            if (JsonValue.Parse(File.ReadAllBytes(Path.Combine(data, file)), new JsonReadOptions { MaxDepth = 10_000 }) is not JsonArray cases) continue;
            foreach (var json in ((IEnumerable<JsonValue>)cases).OfType<JsonObject>()) yield return new CorpusCase(file, json, data);
        }
    }

    static Dictionary<string, IAnswerer> Index(IAnswerer[] answerers) =>
        answerers.SelectMany(answerer => answerer.Kinds.Select(kind => (kind, answerer))).ToDictionary(pair => pair.kind, pair => pair.answerer);
}

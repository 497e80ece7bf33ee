using Orkestra.Comparison;
using Orkestra.Comparison.Trying;

// The order process in five ways: how much text it is, and what notices twenty mistakes. The tables of docs/comparison.md.
//   dotnet run --project bench/Orkestra.Comparison -- lines
//   dotnet run --project bench/Orkestra.Comparison -- mistakes
//   dotnet run --project bench/Orkestra.Comparison -- cost
//   dotnet run --project bench/Orkestra.Comparison -- check     fails when docs/comparison.md says something else
switch (args)
{
    case ["lines"]:
        LineTable.Print(Console.Out);
        return 0;
    case ["mistakes"]:
        await MistakeTable.PrintAsync(Console.Out);
        return 0;
    case ["cost"]:
        CostTable.Print(Console.Out);
        return 0;
    case ["check"]:
        return await CheckAsync();
    default:
        Console.Error.WriteLine("Say lines, mistakes, cost or check.");
        return 2;
}

static async Task<int> CheckAsync()
{
    using var output = new StringWriter();
    LineTable.Print(output);
    CostTable.Print(output);
    await MistakeTable.PrintAsync(output);
    var page = Sources.Read(Path.Combine("docs", "comparison.md")).Split('\n').ToHashSet();
    var missing = output.ToString().ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith('|') && !page.Contains(line)).ToList();
    foreach (var line in missing) Console.Error.WriteLine($"docs/comparison.md does not have this row: {line}");
    return missing.Count == 0 ? 0 : 1;
}

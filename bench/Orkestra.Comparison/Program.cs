using Orkestra.Comparison;
using Orkestra.Comparison.Trying;

// The order process in five ways: how much text it is, and what notices twenty mistakes. The tables of docs/comparison.md.
//   dotnet run --project bench/Orkestra.Comparison -- lines
//   dotnet run --project bench/Orkestra.Comparison -- mistakes
//   dotnet run --project bench/Orkestra.Comparison -- cost
switch (args)
{
    case ["lines"]:
        LineTable.Print();
        return 0;
    case ["mistakes"]:
        await MistakeTable.PrintAsync();
        return 0;
    case ["cost"]:
        CostTable.Print();
        return 0;
    default:
        Console.Error.WriteLine("Say lines, mistakes or cost.");
        return 2;
}

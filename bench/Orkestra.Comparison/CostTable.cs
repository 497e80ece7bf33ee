using Orkestra.Asl;
using Orkestra.Asl.Costs;
using Orkestra.Comparison.Trying;

namespace Orkestra.Comparison;

/// <summary>What a million runs of the longest way through the two state machines cost, without the time that functions run.</summary>
internal static class CostTable
{
    public static void Print(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-comparison-");
        output.WriteLine("| | transitions, process | transitions, shipping | Lambda calls | a million runs | definitions, bytes |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        Row(output, "Orkestra", new OrderProcess().Compile().Document, new Shipping().Compile().Document);
        Row(output, "raw ASL", AslTrial.Definitions());
        Row(output, "CDK C#", new CdkTrial(folder).Definitions());
        folder.Delete(recursive: true);
    }

    static void Row(TextWriter output, string name, Dictionary<string, string> definitions) => Row(output, name, AslReader.Parse(definitions["OrderProcess"]), AslReader.Parse(definitions["Shipping"]));

    static void Row(TextWriter output, string name, StateMachine process, StateMachine shipping)
    {
        var (first, second) = (StateMachineCost.Of(process), StateMachineCost.Of(shipping));
        var (longest, longestShipping) = (Longest(first), Longest(second));
        var dollars = longest.StandardDollars + longest.LambdaDollars + longestShipping.StandardDollars + longestShipping.LambdaDollars;
        output.WriteLine(FormattableString.Invariant(
            $"| {name} | {longest.Transitions} | {longestShipping.Transitions} | {longest.LambdaCalls + longestShipping.LambdaCalls} | ${dollars:0.00} | {first.DefinitionBytes + second.DefinitionBytes:N0} |"));
    }

    static PathCost Longest(StateMachineCost cost) => cost.Paths.MaxBy(static path => path.Transitions)!;
}

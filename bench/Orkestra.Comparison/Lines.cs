using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Comparison;

/// <summary>How much text there is.</summary>
/// <param name="Lines">Lines with something other than a comment on them.</param>
/// <param name="Characters">Characters without white space and comments, because one long line is not less to read than three short ones.</param>
internal readonly record struct Size(int Lines, int Characters)
{
    public static Size operator +(Size left, Size right) => new(left.Lines + right.Lines, left.Characters + right.Characters);

    public override string ToString() => $"{Lines} ({Characters})";
}

/// <summary>The table of sizes.</summary>
internal static class LineTable
{
    static readonly string Comparison = Path.Combine("bench", "Orkestra.Comparison");

    public static void Print(TextWriter output)
    {
        output.WriteLine("| | workflow | infrastructure | step code | together |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        var process = Path.Combine("samples", "OrdersProcess");
        var cdk = Path.Combine("samples", "OrdersProcess.Cdk");
        Row(output, "Orkestra",
            OfCSharp(Path.Combine(process, "OrderProcess.cs"), IsNoStep) + OfCSharp(Path.Combine(process, "Shipping.cs"), IsNoStep),
            OfCSharp(Path.Combine(process, "Program.cs")) + OfCSharp(Path.Combine(cdk, "OrdersProcessStack.cs")) + OfCSharp(Path.Combine(cdk, "Program.cs")),
            OfCSharp(Path.Combine(process, "OrderProcess.cs"), IsStep, rest: false) + OfCSharp(Path.Combine(process, "Shipping.cs"), IsStep, rest: false));
        Row(output, "raw ASL and SAM",
            OfText(Path.Combine(Comparison, "Asl", "OrderProcess.asl.json")) + OfText(Path.Combine(Comparison, "Asl", "Shipping.asl.json")),
            OfText(Path.Combine(Comparison, "Asl", "template.yaml")),
            OfCSharp(Path.Combine(Comparison, "Functions", "OrderFunctions.cs")));
        // One file defines the states and the rest; what makes no state is infrastructure.
        var stack = Path.Combine(Comparison, "Cdk", "OrderMachineStack.cs");
        Row(output, "CDK C#", OfCSharp(stack, IsState), OfCSharp(stack, static member => !IsState(member), rest: false), OfCSharp(Path.Combine(Comparison, "Functions", "OrderFunctions.cs")));
        Row(output, "Amazon.Lambda.DurableExecution",
            OfCSharp(Path.Combine(Comparison, "Durable", "OrderProcess.cs"), IsNoHandler),
            OfCSharp(Path.Combine(Comparison, "Durable", "DurableOrderStack.cs")) + OfCSharp(Path.Combine(Comparison, "Durable", "OrderProcess.cs"), static member => !IsNoHandler(member), rest: false),
            OfCSharp(Path.Combine(Comparison, "Durable", "OrderSteps.cs")));
        Row(output, "Temporal .NET",
            OfCSharp(Path.Combine(Comparison, "Temporal", "OrderProcessWorkflow.cs")),
            OfCSharp(Path.Combine(Comparison, "Temporal", "TemporalWorkerStack.cs")) + OfCSharp(Path.Combine(Comparison, "Temporal", "Worker.cs")),
            OfCSharp(Path.Combine(Comparison, "Temporal", "OrderActivities.cs")));
        output.WriteLine();
        output.WriteLine($"In each of them besides: the types of the payloads, {OfCSharp(Path.Combine(process, "CustomerOrder.cs"))}.");
    }

    static void Row(TextWriter output, string name, Size workflow, Size infrastructure, Size steps) =>
        output.WriteLine($"| {name} | {workflow} | {infrastructure} | {steps} | {workflow + infrastructure + steps} |");

    static bool IsStep(MemberDeclarationSyntax member) => member is FieldDeclarationSyntax field && field.Declaration.Type.ToString().StartsWith("Step<", StringComparison.Ordinal);

    static bool IsNoStep(MemberDeclarationSyntax member) => !IsStep(member);

    static bool IsState(MemberDeclarationSyntax member) => member is MethodDeclarationSyntax { Identifier.Text: "Shipping" or "Process" or "Invoke" or "Outcome" };

    static bool IsNoHandler(MemberDeclarationSyntax member) => member is not MethodDeclarationSyntax { Identifier.Text: "Main" or "Handle" };

    /// <summary>Counts the lines on which tokens stand.</summary>
    /// <param name="file">The file.</param>
    /// <param name="counts">Which members of the types count; all when null.</param>
    /// <param name="rest">Whether what belongs to no member counts: usings, the types themselves.</param>
    static Size OfCSharp(string file, Func<MemberDeclarationSyntax, bool>? counts = null, bool rest = true)
    {
        var tree = CSharpSyntaxTree.ParseText(Sources.Read(file), path: file);
        if (tree.GetDiagnostics().FirstOrDefault(static problem => problem.Severity == DiagnosticSeverity.Error) is { } broken) throw new InvalidOperationException($"{file}: {broken}");
        var tokens = tree.GetRoot().DescendantTokens().Where(token => token.Span.Length > 0 && (counts is null || (MemberOf(token) is { } member ? counts(member) : rest))).ToList();
        var lines = tokens.Select(token => tree.GetLineSpan(token.Span)).SelectMany(static span => Enumerable.Range(span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1));
        return new Size(lines.Distinct().Count(), tokens.Sum(static token => token.Text.Count(static character => !char.IsWhiteSpace(character))));
    }

    static MemberDeclarationSyntax? MemberOf(SyntaxToken token) =>
        token.Parent!.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault(static member => member.Parent is TypeDeclarationSyntax);

    static Size OfText(string file)
    {
        var lines = Sources.Read(file).Split('\n').Where(static line => line.Trim() is { Length: > 0 } text && text[0] != '#').ToList();
        return new Size(lines.Count, lines.Sum(static line => line.Count(static character => !char.IsWhiteSpace(character))));
    }
}

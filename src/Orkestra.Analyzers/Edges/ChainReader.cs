using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>
/// Reads a chain that does not compile from left to right. The compiler stops at the first edge that does not fit; after one, the reader goes on as if the chain
/// began with the step behind it, and asks the compiler about the next.
/// </summary>
internal sealed class ChainReader(SyntaxNodeAnalysisContext context, OrkestraTypes types)
{
    static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    readonly SemanticModel model = context.SemanticModel;

    // What the chain so far is worth: code that compiles, or null while that is not known.
    ExpressionSyntax? current;

    // Whether `current` was put together here instead of standing in the file.
    bool isMadeUp;

    // The part whose output arrives at the next operator.
    ExpressionSyntax last = null!;

    public void Read(List<BinaryExpressionSyntax> operators)
    {
        Begin(operators[0]);
        foreach (var edge in operators)
        {
            if (current is null)
            {
                Resume(edge.Right);
                continue;
            }

            var next = isMadeUp ? Joined(current, edge.Right) : edge;
            if (TypeOf(next) is { TypeKind: not TypeKind.Error })
            {
                (current, last) = (next, Chain.Bare(edge.Right) is var right && OrkestraTypes.IsOf(TypeOf(right), types.Wait) ? last : edge.Right);
                continue;
            }

            if (types.EndsOf(TypeOf(current)) is { } ends) Report(edge, ends.Out);
            Resume(edge.Right);
        }
    }

    void Begin(BinaryExpressionSyntax first)
    {
        (current, last) = (first.Left, first.Left);
        if (types.IsFlow(TypeOf(first.Left))) return;
        current = null;
        last = first.Left;
        var parts = PartsOf(Chain.Bare(first.Left));
        if (parts is null)
        {
            // A step at the right of something else: the something was meant as a step.
            if (types.IsFlow(TypeOf(first.Right)) && NotAFlow(first.Left) is { } why) Report(EdgeRules.NoFlow, first.Left, why);
            return;
        }

        if (!parts.Any(part => types.IsFlow(TypeOf(part)))) return;
        var isTuple = Chain.Bare(first.Left) is TupleExpressionSyntax;
        if (isTuple && types.IsFlow(TypeOf(first)))
        {
            current = first.Left;
            return;
        }

        Resume(first.Left);
        // A tuple can begin a chain: what follows it does not fit.
        if (isTuple && current is not null && TypeOf(Joined(current, first.Right)) is not { TypeKind: not TypeKind.Error }) return;
        var taken = parts.Select(part => types.EndsOf(TypeOf(part))?.In).FirstOrDefault(static type => type is { SpecialType: not SpecialType.System_Object });
        Report(EdgeRules.NoFlow, first.Left, $"A chain cannot begin with a {(isTuple ? "tuple that branches follow" : "list")}: write 'Flow.Input<{(taken is null ? "…" : CodeNames.Of(taken))}>() >> {CodeNames.Of(first.Left)}'.");
    }

    void Report(BinaryExpressionSyntax edge, ITypeSymbol given)
    {
        var right = Chain.Bare(edge.Right);
        // A wait fits everywhere: the compiler has said what is wrong inside.
        if (OrkestraTypes.IsOf(TypeOf(right), types.Wait)) return;
        if (PartsOf(right) is { } branches)
        {
            ReportBranches(edge, right, branches, given);
            return;
        }

        if (TypeOf(right) is INamedTypeSymbol all && OrkestraTypes.IsOf(all, types.AllOf))
        {
            if (right is InvocationExpressionSyntax call) ReportBranches(edge, right, [.. call.ArgumentList.Arguments.Select(static argument => argument.Expression)], given);
            return;
        }

        if (types.EndsOf(TypeOf(right)) is { } ends) Misfit(edge.OperatorToken.GetLocation(), edge.Right, ends.In, given);
        else if (NotAFlow(edge.Right) is { } why) Report(EdgeRules.NoFlow, edge.Right, why);
    }

    void ReportBranches(BinaryExpressionSyntax edge, ExpressionSyntax right, IReadOnlyList<ExpressionSyntax> branches, ITypeSymbol given)
    {
        var found = false;
        foreach (var branch in branches)
        {
            if (types.EndsOf(TypeOf(branch)) is { } ends)
            {
                if (TypeOf(Joined(current!, branch)) is { TypeKind: not TypeKind.Error }) continue;
                Misfit(branch.GetLocation(), branch, ends.In, given);
                found = true;
            }
            else if (Unfinished(branch))
            {
                // The compiler has said what is wrong inside.
                found = true;
            }
            else if (NotAFlow(branch) is { } why)
            {
                Report(EdgeRules.NoFlow, branch, why);
                found = true;
            }
        }

        if (found) return;
        var sentence = (right, branches.Count) switch
        {
            (TupleExpressionSyntax, > 7) =>
                $"A tuple has at most 7 branches and this one {branches.Count}: use a list ('[…]', whose outputs are one array), or let some of them be a tuple inside a branch of its own.",
            (CollectionExpressionSyntax, 0) => "The list has no branches: write at least one flow between the brackets.",
            _ => null,
        };
        if (sentence is not null) context.ReportDiagnostic(Diagnostic.Create(EdgeRules.WrongBranches, edge.OperatorToken.GetLocation(), sentence));
    }

    void Misfit(Location location, ExpressionSyntax right, ITypeSymbol taken, ITypeSymbol given)
    {
        // An error of the compiler inside of one of them is not an edge that does not fit.
        if (Fixes.Converts(given, taken, context.Compilation) || Fixes.IsUnknown(given, context.Compilation) || Fixes.IsUnknown(taken, context.Compilation)) return;
        var (left, follower) = (CodeNames.Of(Chain.Bare(last)), CodeNames.Of(Chain.Bare(Chain.First(right))));
        if (OfBranches(taken, given) is { } fix)
        {
            context.ReportDiagnostic(Diagnostic.Create(EdgeRules.Misfit, location, follower, CodeNames.Of(taken), left, CodeNames.Of(given), fix));
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            EdgeRules.Misfit, location, follower, CodeNames.Of(taken), left, CodeNames.Of(given), Fixes.Of(left, given, follower, taken, types, context.Compilation)));
    }

    // Branches are no flow on their own, so they have no methods: what gives another shape stands around the chain, or between.
    string? OfBranches(ITypeSymbol taken, ITypeSymbol given)
    {
        var branches = Chain.Bare(last);
        if (branches is not (CollectionExpressionSyntax or TupleExpressionSyntax)) return null;
        var parts = PartsOf(branches)!;
        var outputs = parts.Select(part => types.EndsOf(TypeOf(part))?.Out).ToList();
        if (taken is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Length == outputs.Count
            && tuple.TupleElements.Zip(outputs, (element, output) => output is not null && Fixes.Converts(output, element.Type, context.Compilation)).All(static fits => fits))
            return $"Use 'Workflow.All({string.Join(", ", parts.Select(CodeNames.Of))})', which gives ({string.Join(", ", outputs.Select(static output => CodeNames.Of(output!)))}) and fails with the first error.";
        return $"Write 'Flow.Input<{CodeNames.Of(given)}>().Select(outputs => …) >>' between them to give {CodeNames.Of(taken)}, or change the input of the step.";
    }

    void Report(DiagnosticDescriptor rule, ExpressionSyntax where, string sentence) => context.ReportDiagnostic(Diagnostic.Create(rule, where.GetLocation(), sentence));

    // Goes on as if the chain began here.
    void Resume(ExpressionSyntax part)
    {
        var bare = Chain.Bare(part);
        isMadeUp = true;
        if (OrkestraTypes.IsOf(TypeOf(bare), types.Wait)) return;
        last = part;
        if (types.IsFlow(TypeOf(bare))) current = part;
        else current = GivenBy(bare) is { } given ? SyntaxFactory.ParseExpression($"default(global::Orkestra.Authoring.Flow<global::Orkestra.Authoring.Nothing, {given}>)!") : null;
    }

    // What branches give, as C# writes the type.
    string? GivenBy(ExpressionSyntax right)
    {
        if (right is CollectionExpressionSyntax) return "object?[]";
        var isTuple = right is TupleExpressionSyntax;
        if (!isTuple && !(right is InvocationExpressionSyntax && OrkestraTypes.IsOf(TypeOf(right), types.AllOf))) return null;
        var branches = isTuple ? PartsOf(right)! : [.. ((InvocationExpressionSyntax)right).ArgumentList.Arguments.Select(static argument => argument.Expression)];
        var items = new List<string>();
        foreach (var branch in branches)
        {
            if (types.EndsOf(TypeOf(branch)) is not { } ends || HasNoName(ends.Out)) return null;
            var output = ends.Out.ToDisplayString(Full);
            items.Add(isTuple ? $"global::Orkestra.Authoring.Outcome<{output}>" : output);
        }

        return items.Count is > 1 and < 8 ? $"({string.Join(", ", items)})" : null;
    }

    static bool HasNoName(ITypeSymbol type) => type switch
    {
        { IsAnonymousType: true } or { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => HasNoName(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasNoName),
        _ => false,
    };

    static IReadOnlyList<ExpressionSyntax>? PartsOf(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax list => [.. list.Elements.OfType<ExpressionElementSyntax>().Select(static element => element.Expression)],
        TupleExpressionSyntax tuple => [.. tuple.Arguments.Select(static argument => argument.Expression)],
        _ => null,
    };

    // A chain inside that is wrong itself, or a name the compiler does not know.
    bool Unfinished(ExpressionSyntax part) => TypeOf(part) is { TypeKind: TypeKind.Error };

    string? NotAFlow(ExpressionSyntax part)
    {
        var bare = Chain.Bare(part);
        if (bare is AnonymousFunctionExpressionSyntax) return "A lambda is not a step and has no name: declare 'static readonly Step<…> Name = new(…);' and use that, or use '.Select(…)' for an expression.";
        if (bare is SimpleNameSyntax or MemberAccessExpressionSyntax
            && model.GetSymbolInfo(bare, context.CancellationToken) is var info && (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method)
        {
            if (bare is MemberAccessExpressionSyntax call && types.IsFlow(TypeOf(call.Expression)))
                return $"'{CodeNames.Of(bare)}' is a method of the flow: call it, '{CodeNames.Of(bare)}()'.";
            var input = method.Parameters.Length > 0 ? CodeNames.Of(method.Parameters[0].Type) : "Nothing";
            return $"'{method.Name}' is a method, not a step: declare 'static readonly Step<{input}, {(method.ReturnsVoid ? "Nothing" : CodeNames.Of(method.ReturnType))}> …Step = new({method.Name});' and use that.";
        }

        if (bare is InvocationExpressionSyntax { Expression: SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: SimpleNameSyntax } } invocation && types.IsFlow(TypeOf(invocation.Expression)))
            return $"'{CodeNames.Of(invocation.Expression)}' is composed, not called: leave out the parentheses.";
        var type = TypeOf(bare);
        if (type is null or { TypeKind: TypeKind.Error } || IsConstruct(type)) return null;
        if (types.IsWorkflow(type)) return $"'{CodeNames.Of(bare)}' is a workflow, not a flow: compose what its Define() gives, '{CodeNames.Of(bare)}.Define()'.";
        if (type is { Name: "SwitchStart", ContainingNamespace.Name: "Branching" }) return $"'{CodeNames.Of(bare)}' is a switch without cases: add '.Case(…)' for each, and '.Default(…)' for the others.";
        return type.TypeKind == TypeKind.Delegate
            ? $"'{CodeNames.Of(bare)}' is a delegate, not a step: declare 'static readonly Step<…> Name = new({CodeNames.Of(bare)});' and use that."
            : $"'{CodeNames.Of(bare)}' is {CodeNames.Of(type)}, not a flow: '>>' joins steps and flows.";
    }

    // The CDK has an operator of its own, for which the compiler's message has to do.
    static bool IsConstruct(ITypeSymbol type) =>
        type.BaseType is { TypeKind: TypeKind.Error } || type.Interfaces.Any(static one => one.TypeKind == TypeKind.Error)
        || type.AllInterfaces.Any(static one => one.ContainingNamespace.ToDisplayString() is var space && (space == "Constructs" || space.StartsWith("Amazon.CDK", StringComparison.Ordinal)));

    ITypeSymbol? TypeOf(ExpressionSyntax expression) =>
        expression.SyntaxTree == context.Node.SyntaxTree
            ? model.GetTypeInfo(expression, context.CancellationToken).Type
            : model.GetSpeculativeTypeInfo(context.Node.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;

    static ExpressionSyntax Joined(ExpressionSyntax left, ExpressionSyntax right) =>
        SyntaxFactory.ParseExpression($"({left.WithoutTrivia().ToFullString()}) >> {right.WithoutTrivia().ToFullString()}");
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Timeouts;

/// <summary>What a step's declaration says of its time: only what is written out is known.</summary>
/// <param name="Timeout">Its timeout, or null when it sets none or one that is not written out.</param>
/// <param name="SetsTimeout">Whether it sets a timeout at all.</param>
/// <param name="Retry">How it is retried.</param>
/// <param name="IsFunction">Whether it runs in a Lambda function.</param>
internal sealed record StepSettings(TimeSpan? Timeout, bool SetsTimeout, Retries Retry, bool IsFunction)
{
    /// <summary>The settings of a step that is a field or a property in source, or null.</summary>
    public static StepSettings? Of(ISymbol? member, CancellationToken cancellation)
    {
        if (member is not (IFieldSymbol or IPropertySymbol) || member.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference) return null;
        var initializer = reference.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        return initializer is BaseObjectCreationExpressionSyntax creation ? Of(creation) : null;
    }

    public static StepSettings Of(BaseObjectCreationExpressionSyntax creation)
    {
        var timeout = Assigned(creation, "Timeout");
        return new(Durations.Of(timeout), timeout is not null and not LiteralExpressionSyntax { Token.Value: null }, Retries.Of(Assigned(creation, "Retry")), !RunsElsewhere(creation));
    }

    /// <summary>Whether the step runs elsewhere than in a Lambda function: it says so, or says it in a way that is not written out.</summary>
    public static bool RunsElsewhere(BaseObjectCreationExpressionSyntax creation) => Assigned(creation, "Host") is not (null or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Lambda" });

    public static ExpressionSyntax? Assigned(BaseObjectCreationExpressionSyntax creation, string property)
    {
        if (creation.Initializer is null) return null;
        foreach (var expression in creation.Initializer.Expressions)
        {
            if (expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment && name.Identifier.ValueText == property) return assignment.Right;
        }

        return null;
    }
}

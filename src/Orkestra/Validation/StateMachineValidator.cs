using System.Text;
using Orkestra.Asl;
using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;
using Orkestra.Validation.Checks;

namespace Orkestra.Validation;

/// <summary>
/// Reports what the service reports when a state machine is created, updated or validated: the same codes, messages and locations
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html).
/// </summary>
public static class StateMachineValidator
{
    /// <summary>How many bytes of UTF-8 a document may have: 1 MiB.</summary>
    public const int MaxBytes = AslReader.MaxBytes;

    /// <summary>Validates a document that is text.</summary>
    /// <param name="definition">The text.</param>
    /// <param name="options">The kind of machine; a standard one when null.</param>
    public static ValidationResult Validate(string definition, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Validate(definition, options ?? ValidationOptions.Default, positions: true);
    }

    /// <summary>Validates a document. Its diagnostics have locations but no lines.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">The kind of machine; a standard one when null.</param>
    public static ValidationResult Validate(StateMachine document, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Validate(AslWriter.Write(document, indented: false), options ?? ValidationOptions.Default, positions: false);
    }

    /// <summary>Validates a single state as TestState does: as the state <c>StateName</c> of a machine of its own.</summary>
    /// <param name="state">The text of the state.</param>
    public static ValidationResult ValidateState(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var source = AslSource.Parse(state);
        if (source.Root is null) return Broken(source, state);
        var checker = new Checker(source, ValidationOptions.Default, positions: true);
        StateRules.Check(checker, "StateName", source.Root, "/States/StateName");
        return new ValidationResult(checker.Problems);
    }

    static ValidationResult Validate(string definition, ValidationOptions options, bool positions)
    {
        if (definition.Length == 0) return One(Codes.MissingDescription, "The definition is empty", null);
        if (Encoding.UTF8.GetByteCount(definition) > MaxBytes)
            return One("ValidationException", $"Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to {MaxBytes}", null);

        var source = AslSource.Parse(definition);
        var root = source.Root;
        if (root is null || source.Diagnostics().Any(problem => problem.IsError)) return Broken(source, definition);
        var checker = new Checker(source, options, positions);
        if (root.Kind != JsonKind.Object)
        {
            checker.Schema("Expected value of type [OBJECT]", "/", root);
            return new ValidationResult(checker.Problems);
        }

        GraphRules.Check(checker, root);
        Transitions.Check(checker, root);
        VariableScopes.Check(checker, root);
        return new ValidationResult(checker.Problems);
    }

    static ValidationResult Broken(AslSource source, string text)
    {
        var problem = source.Diagnostics().First(found => found.IsError);
        if (problem.Id is Codes.TooDeep or "INVALID_UTF8" or "DOCUMENT_TOO_LARGE") return new ValidationResult([problem]);
        var (message, place) = JsonProblem.Describe(text);
        return new ValidationResult([new Diagnostic(Codes.InvalidJson, DiagnosticSeverity.Error, $"{message}\n at {place}", problem.Line, problem.Column, place)]);
    }

    static ValidationResult One(string code, string message, string? location) =>
        new([new Diagnostic(code, DiagnosticSeverity.Error, message, 0, 0, location)]);
}

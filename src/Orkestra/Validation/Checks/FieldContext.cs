using Orkestra.Asl.Reading;

namespace Orkestra.Validation.Checks;

/// <summary>A field to check: its value, where it stands, and what may be said there.</summary>
/// <param name="Checker">The validation.</param>
/// <param name="Name">The field's name.</param>
/// <param name="Value">The field's value.</param>
/// <param name="Location">The field's location.</param>
/// <param name="Scope">What may be said there.</param>
internal readonly record struct FieldContext(Checker Checker, string Name, SourceNode Value, string Location, Scope Scope)
{
    internal bool Jsonata => Scope.Jsonata;

    internal void Schema(string message) => Checker.Schema(message, Location, Value);

    internal void Expected(string type) => Schema($"Expected value of type [{type}]");
}

/// <summary>What may be said in the fields of an object.</summary>
/// <param name="Jsonata">Whether its expressions are JSONata.</param>
/// <param name="Checked">Whether fields of the other query language are refused.</param>
/// <param name="ErrorOutput">Whether <c>$states.errorOutput</c> is there in Output and Assign, instead of a result.</param>
/// <param name="Result">Whether <c>$states.result</c> is there in Output and Assign.</param>
internal readonly record struct Scope(bool Jsonata, bool Checked = true, bool ErrorOutput = false, bool Result = false);

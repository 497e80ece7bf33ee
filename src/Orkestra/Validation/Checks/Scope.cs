namespace Orkestra.Validation.Checks;

/// <summary>What may be said in the fields of an object.</summary>
/// <param name="Jsonata">Whether its expressions are JSONata.</param>
/// <param name="Checked">Whether fields of the other query language are refused.</param>
/// <param name="ErrorOutput">Whether <c>$states.errorOutput</c> is there.</param>
internal readonly record struct Scope(bool Jsonata, bool Checked = true, bool ErrorOutput = false);

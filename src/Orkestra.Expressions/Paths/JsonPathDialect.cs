namespace Orkestra.Expressions.Paths;

/// <summary>Which rules a JSONPath follows.</summary>
public enum JsonPathDialect
{
    /// <summary>
    /// The rules of AWS Step Functions, which are those of Jayway's implementation: roots <c>$</c>, <c>$$</c> and <c>$name</c>; a definite path gives its
    /// value or misses, an indefinite one always gives an array.
    /// </summary>
    StepFunctions,

    /// <summary>RFC 9535. A path always gives a list of nodes. https://www.rfc-editor.org/rfc/rfc9535</summary>
    Rfc9535,
}

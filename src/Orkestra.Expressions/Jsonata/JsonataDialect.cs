namespace Orkestra.Expressions.Jsonata;

/// <summary>Which flavour of JSONata an expression is written in.</summary>
public enum JsonataDialect
{
    /// <summary>JSONata 2.2 as documented at https://docs.jsonata.org.</summary>
    Standard,

    /// <summary>
    /// The flavour of AWS Step Functions: <c>$partition</c>, <c>$range</c>, <c>$hash</c>, <c>$random</c> with a seed, <c>$uuid</c> and <c>$parse</c> are added,
    /// <c>$eval</c> is absent, and <c>$</c>, <c>$$</c> and field names may not stand at the top level: data is reached through variables such as <c>$states</c>.
    /// </summary>
    StepFunctions,
}

namespace Orkestra.Asl;

/// <summary>The language of a state's expressions and data flow: the field <c>QueryLanguage</c> of a machine or a state.</summary>
public enum QueryLanguage
{
    /// <summary><c>JSONPath</c>: reference paths, payload templates and intrinsic functions. The default of the language.</summary>
    JSONPath,

    /// <summary><c>JSONata</c>: expressions in <c>{% … %}</c>.</summary>
    JSONata,
}

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Characters, which are texts of one in JSON.</summary>
internal static class CharMethods
{
    /// <summary>A static method of <see cref="char"/>.</summary>
    public static JsonataFragment? Lower(string method, JsonataFragment character)
    {
        return method switch
        {
            nameof(char.ToUpper) or nameof(char.ToUpperInvariant) => Syntax.Call("uppercase", character),
            nameof(char.ToLower) or nameof(char.ToLowerInvariant) => Syntax.Call("lowercase", character),
            nameof(char.IsDigit) or nameof(char.IsAsciiDigit) => Matches("/[0-9]/"),
            nameof(char.IsAsciiLetter) => Matches("/[A-Za-z]/"),
            nameof(char.IsAsciiLetterUpper) => Matches("/[A-Z]/"),
            nameof(char.IsAsciiLetterLower) => Matches("/[a-z]/"),
            nameof(char.IsAsciiLetterOrDigit) => Matches("/[A-Za-z0-9]/"),
            nameof(char.IsWhiteSpace) => Matches(@"/\s/"),
            _ => null,
        };

        JsonataFragment Matches(string pattern) => Syntax.Call("contains", character, new(pattern));
    }

    /// <summary>Where a character stands last: before the last piece of the text when it is split there.</summary>
    public static JsonataFragment LastIndex(Lowerer lowerer, JsonataFragment text, JsonataFragment character) =>
        lowerer.Named(text, text => lowerer.Named(Syntax.Call("split", text, character), pieces => Found(text, pieces), "pieces"), "text");

    static JsonataFragment Found(JsonataFragment text, JsonataFragment pieces)
    {
        var before = Syntax.Binary("-", Precedence.Additive, Syntax.Call("length", text), Syntax.Call("length", Syntax.Index(pieces, -1)));
        return Syntax.Conditional(
            Syntax.Compare(">", Syntax.Call("count", pieces), Syntax.Number(1)), Syntax.Binary("-", Precedence.Additive, before, Syntax.Number(1)), Syntax.Number(-1));
    }
}

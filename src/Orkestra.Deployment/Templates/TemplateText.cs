using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orkestra.Deployment.Templates;

/// <summary>
/// Texts with references to what is known at deployment, and their form in a template: <c>${Id}</c>, <c>${Id.Attribute}</c>, <c>${AWS::Region}</c>, and <c>${Part|index|separator|Id}</c> for a part of a
/// reference. Everything else in a text is what it says.
/// </summary>
internal static partial class TemplateText
{
    public static string Ref(string id) => $"${{{id}}}";

    public static string Attribute(string id, string name) => $"${{{id}.{name}}}";

    /// <summary>A part of a text that is one reference.</summary>
    public static string Part(string reference, char separator, int index) =>
        Whole().Match(reference) is { Success: true } whole && !whole.Groups["part"].Success
            ? $"${{Part|{index}|{separator}|{whole.Groups["name"].Value}}}"
            : throw new DeploymentException($"'{reference}' is made of several parts, of which one has to be known for a permission: give the whole text with one placeholder.");

    public static bool HasReference(string text) => Reference().IsMatch(text);

    /// <summary>The name behind the only reference of a text; null when there is more in it.</summary>
    public static string? Only(string text) => Whole().Match(text) is { Success: true } whole && !whole.Groups["part"].Success ? whole.Groups["name"].Value : null;

    /// <summary>The text as a value of a template.</summary>
    public static JsonNode Value(string text)
    {
        if (Whole().Match(text) is { Success: true } only) return Node(only);
        if (!Reference().IsMatch(text)) return JsonValue.Create(text);
        var parts = new JsonObject();
        var written = new StringBuilder();
        var at = 0;
        foreach (Match reference in Reference().Matches(text))
        {
            written.Append(Literal(text[at..reference.Index]));
            at = reference.Index + reference.Length;
            if (!reference.Groups["part"].Success)
            {
                written.Append(reference.Value);
                continue;
            }

            var name = $"Part{parts.Count + 1}";
            parts.Add(name, Node(reference));
            written.Append("${").Append(name).Append('}');
        }

        written.Append(Literal(text[at..]));
        JsonNode sub = JsonValue.Create(written.ToString());
        return new JsonObject { ["Fn::Sub"] = parts.Count == 0 ? sub : new JsonArray(sub, parts) };
    }

    /// <summary>The text with references in a form that other tools fill in: <c>${IdAttribute}</c>, <c>${AWSRegion}</c>, and for a part <c>${IdName}</c> or <c>${IdAccount}</c>.</summary>
    public static string Plain(string text) => Reference().Replace(text, static reference =>
    {
        var name = reference.Groups["name"].Value.Replace("::", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        // https://sqs.region.amazonaws.com/account/name: the third part is the account.
        return !reference.Groups["part"].Success ? $"${{{name}}}" : reference.Groups["index"].Value == "3" ? $"${{{name}Account}}" : $"${{{name}Name}}";
    });

    static JsonObject Node(Match reference)
    {
        var name = reference.Groups["name"].Value;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? new JsonObject { ["Ref"] = name } : new JsonObject { ["Fn::GetAtt"] = new JsonArray(name[..dot], name[(dot + 1)..]) };
        if (!reference.Groups["part"].Success) return whole;
        var split = new JsonObject { ["Fn::Split"] = new JsonArray(reference.Groups["separator"].Value, whole) };
        return new JsonObject { ["Fn::Select"] = new JsonArray(int.Parse(reference.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture), split) };
    }

    static string Literal(string text) => text.Replace("${", "${!", StringComparison.Ordinal);

    const string Form = @"\$\{(?<part>Part\|(?<index>[0-9]+)\|(?<separator>.)\|)?(?<name>AWS::[A-Za-z]+|[A-Za-z0-9]+(\.[A-Za-z]+)?)\}";

    [GeneratedRegex(Form, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex("^" + Form + "$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}

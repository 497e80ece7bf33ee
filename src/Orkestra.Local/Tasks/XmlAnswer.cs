using System.Xml;
using System.Xml.Linq;
using Orkestra.Expressions.Data;

namespace Orkestra.Local.Tasks;

/// <summary>Reads XML answers: an element with others becomes an object, one that is repeated or named <c>member</c> a list, one with text a text.</summary>
internal static class XmlAnswer
{
    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16 << 20 };

    /// <summary>The content of the root element; an empty object when the text is not XML.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="lists">The names of elements that are lists even when there is one.</param>
    internal static JsonValue Read(byte[] xml, params string[] lists)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Settings);
            return Read(XElement.Load(reader), lists);
        }
        catch (XmlException)
        {
            return JsonObject.Empty;
        }
    }

    static JsonValue Read(XElement element, string[] lists)
    {
        if (!element.HasElements) return element.Value;
        var groups = element.Elements().GroupBy(child => child.Name.LocalName).ToArray();
        if (groups is [{ Key: "member" } members]) return JsonArray.Create(members.Select(member => Read(member, lists)));
        return JsonObject.Create(groups.Select(group => KeyValuePair.Create(
            group.Key,
            group.Count() > 1 || lists.Contains(group.Key) ? JsonArray.Create(group.Select(child => Read(child, lists))) : Read(group.First(), lists))));
    }
}

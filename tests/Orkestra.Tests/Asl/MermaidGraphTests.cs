using System.Text.RegularExpressions;
using CsCheck;
using Orkestra.Asl;
using Orkestra.Asl.Drawing;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl;

public sealed partial class MermaidGraphTests
{
    [Fact]
    public void A_document_is_drawn_with_its_choices_catchers_and_inner_graphs() => MermaidGraph.Write(AslReader.Parse(
        """
        {"StartAt":"Charge \"card\"","States":{
          "Charge \"card\"":{"Type":"Task","Resource":"r","Catch":[{"ErrorEquals":["CardDeclined","A|B"],"Next":"Sorry"}],"Next":"Big?"},
          "Big?":{"Type":"Choice","Default":"Each","Choices":[
            {"And":[{"Variable":"$.sum","NumericGreaterThan":100},{"Not":{"Variable":"$.vip","IsPresent":true}}],"Next":"Both"},
            {"Variable":"$.country","StringEqualsPath":"$.home","Comment":"same; country","Next":"Pause"}]},
          "Both":{"Type":"Parallel","Next":"Pause","Branches":[
            {"StartAt":"a","States":{"a":{"Type":"Pass","Next":"b"},"b":{"Type":"Pass","End":true}}},
            {"StartAt":"c","States":{"c":{"Type":"Succeed"}}}]},
          "Each":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"x","States":{"x":{"Type":"Task","Resource":"r","Next":"nowhere"}}}},
          "Pause":{"Type":"Wait","Seconds":1,"Next":"Done"},
          "Done":{"Type":"Succeed"},
          "Sorry":{"Type":"Fail"}}}
        """)).ShouldBe(
        """
        flowchart TD
          start((Start))
          s1["Charge #34;card#34;"]
          s2{"Big?"}
          subgraph s3["Both"]
            subgraph s4["Branch 1"]
              direction TB
              s5("a")
              s6("b")
              s5 --> s6
            end
            subgraph s7["Branch 2"]
              direction TB
              s8(["c"])
            end
          end
          subgraph s9["Each<br/>(for each item, distributed)"]
            direction TB
            s10["x"]
            s11["nowhere<br/>(missing)"]
            s10 --> s11
          end
          s12[/"Pause"/]
          s13(["Done"])
          s14(["Sorry"])
          start --> s1
          s1 --> s2
          s1 -. "CardDeclined, A#124;B" .-> s14
          s2 -->|"$.sum #62; 100 and not ($.vip is present)"| s3
          s2 -->|"same#59; country"| s12
          s2 -->|"otherwise"| s9
          s3 --> s12
          s12 --> s13
          finish((End))
          s9 --> finish
          s13 --> finish
          classDef failure stroke:#c00,stroke-dasharray:4
          class s11,s14 failure

        """);

    [Fact]
    public void Jsonata_conditions_are_labels() => MermaidGraph.Write(AslReader.Parse(
        """
        {"QueryLanguage":"JSONata","StartAt":"C","States":{"C":{"Type":"Choice","Choices":[
          {"Condition":"{%  $states.input.a = 1  and\n $b %}","Next":"D"},{"Condition":true,"Next":"D"}]},"D":{"Type":"Succeed"}}}
        """)).ShouldContain("""s1 -->|"$states.input.a = 1 and $b"| s2""");

    [Theory]
    [InlineData("", "\" \"")]
    [InlineData("end", "\"end\"")]
    [InlineData("a\"`#;<&>{|}\\\n\r\t*_", "\"a#34;#96;#35;#59;#60;#38;#62;#123;#124;#125;#92;<br/>  #42;#95;\"")]
    [InlineData("größe 数 🎵", "\"größe 数 #127925;\"")]
    public void Labels_cannot_break_out(string label, string quoted) => MermaidGraph.Quote(label).ShouldBe(quoted);

    [Fact]
    public void Every_document_is_drawn_and_every_line_has_a_known_form() => Documents.Machine.Sample(
        machine =>
        {
            foreach (var line in MermaidGraph.Write(machine).TrimEnd('\n').Split('\n')) Line().IsMatch(line).ShouldBeTrue(line);
        },
        iter: 500);

    [Fact]
    public void Real_definitions_are_drawn()
    {
        foreach (var (_, data) in ConformanceData.Cases("definitions/*.json"))
        {
            if (data["definition"] is not JsonObject definition) continue;
            foreach (var line in MermaidGraph.Write(AslReader.Read(definition.ToJson()).Document!).TrimEnd('\n').Split('\n')) Line().IsMatch(line).ShouldBeTrue(line);
        }
    }

    [GeneratedRegex(
        """^(flowchart TD| +(start\(\(Start\)\)|finish\(\(End\)\)|end|direction TB|classDef failure .*|class [s0-9,]+ failure|subgraph s[0-9]+\["[^"]*"\]|s[0-9]+(\["[^"]*"\]|\("[^"]*"\)|\(\["[^"]*"\]\)|\{"[^"]*"\}|\[/"[^"]*"/\])|(start|s[0-9]+) (-->|-->\|"[^"]*"\||-\.->|-\. "[^"]*" \.->) (finish|s[0-9]+)))$""")]
    private static partial Regex Line();
}

<?xml version="1.0" encoding="UTF-8"?>
<!-- Each element with a text becomes one triple of its registration, as N-Triples. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aiexchange:xsd:registration:1">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="/">
    <xsl:apply-templates select="*/r:Registration"/>
  </xsl:template>
  <xsl:template match="r:Registration">
    <xsl:variable name="subject" select="concat('&lt;urn:record:', r:RecordID, '&gt; ')"/>
    <xsl:for-each select=".//*[not(*) and text()]">
      <xsl:value-of select="$subject"/>
      <xsl:value-of select="concat('&lt;urn:name:', local-name(), '&gt; &quot;')"/>
      <xsl:value-of select="translate(., '&quot;&#10;&#13;\', '    ')"/>
      <xsl:text>&quot;</xsl:text>
      <xsl:if test="@xml:lang"><xsl:value-of select="concat('@', @xml:lang)"/></xsl:if>
      <xsl:text> .&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
